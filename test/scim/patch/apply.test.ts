// How a PATCH as a whole behaves: no change, failure, strictness.
import { describe, expect, it } from 'vitest'
import { applyPatch, parsePatch, userType, type Resource } from '#server/scim/index.ts'
import { ada, patched, reasonOf, strictlyPatched, without } from '../people.ts'

const home = { value: 'ada@home.net', type: 'home' }
const noMail = without(ada, 'emails')

const unchanged: readonly (readonly [string, unknown])[] = [
  ['H15 add the same value', [{ op: 'add', path: 'title', value: 'Analyst' }]],
  ['H23 add an equal element', [{ op: 'add', path: 'emails', value: [home] }]],
  [
    'H33 remove what is absent',
    [
      { op: 'remove', path: 'nickName' },
      { op: 'remove', path: 'phoneNumbers[type eq "fax"].value' },
    ],
  ],
  [
    'H33 remove elements that are not there',
    [{ op: 'remove', path: 'emails', value: [{ value: 'nobody' }] }],
  ],
  ['H34 remove an empty list of elements', [{ op: 'remove', path: 'emails', value: [] }]],
  [
    'H15 take away and give back',
    [
      { op: 'remove', path: 'title' },
      { op: 'add', path: 'title', value: 'Analyst' },
    ],
  ],
  [
    'H9 schemas and password change nothing',
    [
      { op: 'replace', path: 'schemas', value: ['x'] },
      { op: 'replace', path: 'password', value: 'p' },
    ],
  ],
  ['H35 active null without path is ignored', [{ op: 'replace', value: { active: null } }]],
  ['H23 add of an empty list', [{ op: 'add', path: 'emails', value: [] }]],
]

describe('applyPatch', () => {
  it.each(unchanged)('%s: gives back the very same resource', (_id, operations) => {
    expect(patched(operations)).toBe(ada)
  })

  it('Q14: creates elements only where the filter says how', () => {
    expect(
      patched(
        [{ op: 'replace', path: 'emails[type eq "work" and primary eq true].value', value: 'x' }],
        noMail,
      )['emails'],
    ).toEqual([{ type: 'work', primary: true, value: 'x' }])
    const open: readonly string[] = [
      'emails[type co "w"].value',
      'emails[not (type eq "x")].value',
      'emails[type eq "a" or type eq "b"].value',
      'emails[value eq "old"].value',
      'emails[type eq null].value',
      'emails[type eq "a" and type eq "b"].value',
    ]
    for (const path of open)
      expect([path, reasonOf(() => patched([{ op: 'replace', path, value: 'x' }], noMail))]).toEqual([
        path,
        '400 noTarget',
      ])
  })

  it('H44: refuses a replace without match in strict mode', () => {
    expect(
      reasonOf(() => strictlyPatched([{ op: 'replace', path: 'emails[type eq "other"].value', value: 'x' }])),
    ).toBe('400 noTarget')
    expect(strictlyPatched([{ op: 'remove', path: 'emails[type eq "other"].value' }])).toBe(ada)
  })

  it('I8: refuses several matches in strict mode', () => {
    expect(
      reasonOf(() => strictlyPatched([{ op: 'replace', path: 'emails[value pr].display', value: 'x' }])),
    ).toBe('400 invalidFilter')
  })

  it('I9: replaces the whole complex attribute in strict mode', () => {
    expect(strictlyPatched([{ op: 'replace', path: 'name', value: { givenName: 'A' } }])['name']).toEqual({
      givenName: 'A',
    })
  })

  it('H33: leaves an element alone that does not have the removed part', () => {
    const bare: Resource = { userName: 'ada', emails: [{ type: 'work' }] }
    expect(patched([{ op: 'remove', path: 'emails[type eq "work"].value' }], bare)).toBe(bare)
  })

  it('H14: refuses a result without what is required', () => {
    const nameless: Resource = { title: 'x' }
    const { operations } = parsePatch({ Operations: [{ op: 'add', path: 'title', value: 'y' }] }, userType)
    expect(reasonOf(() => applyPatch(nameless, operations, userType))).toBe('400 invalidValue')
  })

  it('H4: leaves the original untouched when a later operation fails', () => {
    const before = structuredClone(ada)
    const failing = [
      { op: 'remove', path: 'emails' },
      { op: 'replace', path: 'emails[type co "w"].value', value: 'x' },
    ]
    expect(reasonOf(() => patched(failing))).toBe('400 noTarget')
    expect(ada).toEqual(before)
  })

  it('DM35: keeps values as they were sent', () => {
    const value = ' \u202e👩‍💻 e\u0301 "\\ '
    expect(patched([{ op: 'replace', path: 'displayName', value }])['displayName']).toBe(value)
  })
})
