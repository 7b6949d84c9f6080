// What PATCH operations do to a person, one line per rule of the checklist.
import { describe, expect, it } from 'vitest'
import { applyPatch, parsePatch, userType, type Json, type Resource } from '#server/scim/index.ts'
import { ada, CAL, ENT, patched, reasonOf, strictlyPatched, without } from '../people.ts'

const work = { value: 'ada@ex.org', type: 'work', primary: true }
const home = { value: 'ada@home.net', type: 'home' }
const noMail = without(ada, 'emails')

type Case = readonly [id: string, operations: unknown, changes: Readonly<Record<string, Json | undefined>>]

const cases: readonly Case[] = [
  [
    'H20 add without path merges',
    [{ op: 'add', value: { nickName: 'A', name: { middleName: 'K' } } }],
    {
      nickName: 'A',
      name: { givenName: 'Ada', familyName: 'Lovelace', middleName: 'K' },
    },
  ],
  ['H22 add sets a singular attribute', [{ op: 'add', path: 'title', value: 'Chief' }], { title: 'Chief' }],
  [
    'H22 add merges a complex attribute',
    [{ op: 'add', path: 'name', value: { middleName: 'K' } }],
    {
      name: { givenName: 'Ada', familyName: 'Lovelace', middleName: 'K' },
    },
  ],
  [
    'H23 add appends a list',
    [{ op: 'add', path: 'emails', value: [{ value: 'x@y', type: 'other' }] }],
    {
      emails: [work, home, { value: 'x@y', type: 'other' }],
    },
  ],
  [
    'H23 add takes a single object',
    [{ op: 'add', path: 'emails', value: { value: 'x@y' } }],
    {
      emails: [work, home, { value: 'x@y' }],
    },
  ],
  [
    'DM11 add to an element with the same type and value merges',
    [{ op: 'add', path: 'emails', value: [{ ...home, display: 'H' }] }],
    {
      emails: [work, { ...home, display: 'H' }],
    },
  ],
  [
    'H8 a new primary unseats the old',
    [{ op: 'add', path: 'emails', value: [{ value: 'n@ex.org', primary: true }] }],
    {
      emails: [{ ...work, primary: false }, home, { value: 'n@ex.org', primary: true }],
    },
  ],
  [
    'H8 primary set through a filter unseats the old',
    [{ op: 'replace', path: 'emails[type eq "home"].primary', value: true }],
    {
      emails: [
        { ...work, primary: false },
        { ...home, primary: true },
      ],
    },
  ],
  [
    'H24 add to matching elements',
    [{ op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } }],
    {
      emails: [work, { ...home, display: 'H' }],
    },
  ],
  [
    'H24 add creates an element for an eq filter',
    [{ op: 'add', path: 'emails[type eq "other"].value', value: 'o@ex.org' }],
    {
      emails: [work, home, { type: 'other', value: 'o@ex.org' }],
    },
  ],
  ['H31 remove a singular attribute', [{ op: 'remove', path: 'title' }], { title: undefined }],
  ['H31 remove a part', [{ op: 'remove', path: 'name.givenName' }], { name: { familyName: 'Lovelace' } }],
  [
    'H31 remove the last parts',
    [
      { op: 'remove', path: 'name.givenName' },
      { op: 'remove', path: 'name.familyName' },
    ],
    { name: undefined },
  ],
  ['H31 remove a list', [{ op: 'remove', path: 'emails' }], { emails: undefined }],
  ['H31 remove matching elements', [{ op: 'remove', path: 'emails[type eq "home"]' }], { emails: [work] }],
  [
    'H31 an element left empty disappears',
    [{ op: 'remove', path: 'emails[type eq "work"].value' }],
    { emails: [home] },
  ],
  ['H31 a list left empty disappears', [{ op: 'remove', path: 'emails[value pr]' }], { emails: undefined }],
  [
    'H34 remove only listed elements',
    [{ op: 'remove', path: 'emails', value: [{ value: 'ada@home.net' }] }],
    { emails: [work] },
  ],
  [
    'H34 remove listed elements by their parts',
    [{ op: 'remove', path: 'emails', value: [{ type: 'home' }] }],
    { emails: [work] },
  ],
  [
    'H34 remove with value null removes all',
    [{ op: 'remove', path: 'emails', value: null }],
    { emails: undefined },
  ],
  [
    'H40 replace without path replaces each key',
    [{ op: 'replace', value: { title: 'B', emails: [home] } }],
    { title: 'B', emails: [home] },
  ],
  [
    'H40 complex attributes keep other parts',
    [{ op: 'replace', value: { name: { givenName: 'A' } } }],
    {
      name: { givenName: 'A', familyName: 'Lovelace' },
    },
  ],
  ['H41 null unassigns', [{ op: 'replace', path: 'title', value: null }], { title: undefined }],
  ['H41 empty text unassigns', [{ op: 'replace', path: 'title', value: '' }], { title: undefined }],
  [
    'H41 null unassigns a part',
    [{ op: 'replace', path: 'name', value: { givenName: null } }],
    { name: { familyName: 'Lovelace' } },
  ],
  [
    'H42 replace of an absent attribute adds it',
    [{ op: 'replace', path: 'nickName', value: 'A' }],
    { nickName: 'A' },
  ],
  ['H43 replace a whole list', [{ op: 'replace', path: 'emails', value: [home] }], { emails: [home] }],
  ['H43 an empty list empties', [{ op: 'replace', path: 'emails', value: [] }], { emails: undefined }],
  [
    'H44 replace matching elements',
    [{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'n@h', type: 'home' } }],
    {
      emails: [work, { value: 'n@h', type: 'home' }],
    },
  ],
  [
    'H44 a replaced element keeps fulfilling its path',
    [{ op: 'replace', path: 'emails[type eq "home"]', value: { value: 'n@h' } }],
    {
      emails: [work, { type: 'home', value: 'n@h' }],
    },
  ],
  [
    'H45 all matches get the part',
    [{ op: 'replace', path: 'emails[value pr].display', value: 'D' }],
    {
      emails: [
        { ...work, display: 'D' },
        { ...home, display: 'D' },
      ],
    },
  ],
  [
    'H45 a path into a list without filter means every element',
    [{ op: 'replace', path: 'emails.display', value: 'D' }],
    {
      emails: [
        { ...work, display: 'D' },
        { ...home, display: 'D' },
      ],
    },
  ],
  [
    'H47 keys may be paths',
    [
      {
        op: 'replace',
        value: {
          'name.givenName': 'G',
          'emails[type eq "work"].value': 'w@ex',
          [`${CAL}:group`]: 'HR',
          [ENT]: { division: 'D' },
        },
      },
    ],
    {
      name: { givenName: 'G', familyName: 'Lovelace' },
      emails: [{ ...work, value: 'w@ex' }, home],
      [CAL]: { group: 'HR' },
      [ENT]: { department: 'Maths', manager: { value: 'u9' }, division: 'D' },
    },
  ],
  [
    'H7 removing the last extension value drops the container',
    [{ op: 'remove', path: `${CAL}:group` }],
    { [CAL]: undefined },
  ],
  [
    'H9 read-only keys without path are ignored',
    [
      {
        op: 'replace',
        value: {
          id: 'x',
          schemas: ['y'],
          meta: { version: '1' },
          groups: [],
          title: 'T',
        },
      },
    ],
    { title: 'T' },
  ],
  [
    'H11 core paths may carry the URN',
    [{ op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:name.familyName', value: 'B' }],
    {
      name: { givenName: 'Ada', familyName: 'B' },
    },
  ],
  [
    'H11 the core URN alone is like no path',
    [{ op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User', value: { title: 'B' } }],
    { title: 'B' },
  ],
  [
    'DM1 names are matched in any case',
    [
      { op: 'replace', path: 'NAME.GIVENNAME', value: 'A' },
      { op: 'add', path: 'Emails', value: [{ VALUE: 'x@y' }] },
    ],
    {
      name: { givenName: 'A', familyName: 'Lovelace' },
      emails: [work, home, { value: 'x@y' }],
    },
  ],
  [
    'H13 unknown attributes are ignored',
    [
      { op: 'add', path: 'shoeSize', value: 1 },
      { op: 'add', path: 'urn:x:y:z', value: 1 },
      { op: 'replace', value: { title: 'B', foo: 2 } },
    ],
    { title: 'B' },
  ],
  [
    'H34 a filter with a quoted bracket',
    [
      { op: 'remove', path: 'emails[value eq "a]b"]' },
      { op: 'remove', path: 'emails[value eq "ada@home.net"]' },
    ],
    { emails: [work] },
  ],
  [
    'G2 extension path',
    [{ op: 'add', path: `${CAL}:group`, value: ' Sales ' }],
    { [CAL]: { group: ' Sales ' } },
  ],
  [
    'G3 the extension URN alone merges',
    [{ op: 'replace', path: ENT, value: { division: 'D' } }],
    {
      [ENT]: { department: 'Maths', manager: { value: 'u9' }, division: 'D' },
    },
  ],
  ['G3 remove on the extension URN clears it', [{ op: 'remove', path: ENT }], { [ENT]: undefined }],
  [
    'G4 container without path',
    [{ op: 'replace', value: { [CAL]: { group: 'X' } } }],
    { [CAL]: { group: 'X' } },
  ],
  ['G8 null clears the group', [{ op: 'replace', path: `${CAL}:group`, value: null }], { [CAL]: undefined }],
  [
    'H4 operations see the result of those before',
    [
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'emails', value: [home] },
      { op: 'replace', path: 'emails[type eq "home"].value', value: 'z@h' },
    ],
    {
      emails: [{ value: 'z@h', type: 'home' }],
    },
  ],
]

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
  it.each(cases)('%s', (_id, operations, changes) => {
    const expected = Object.fromEntries(
      Object.entries({ ...ada, ...changes }).filter(([, value]) => value !== undefined),
    )
    expect(patched(operations)).toEqual(expected)
  })

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
