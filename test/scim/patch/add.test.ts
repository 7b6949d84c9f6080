// What the operation add does to a person, one line per rule of the checklist.
import { describe, expect, it } from 'vitest'
import { expectedAfter, type PatchCase, patched } from '../people.ts'

const work = { value: 'ada@ex.org', type: 'work', primary: true }
const home = { value: 'ada@home.net', type: 'home' }

const cases: readonly PatchCase[] = [
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
    'H8 the primary that was set last wins, wherever it stands',
    [
      { op: 'add', path: 'emails[type eq "home"].primary', value: true },
      { op: 'add', path: 'emails[type eq "work"].primary', value: true },
    ],
    { emails: [work, { ...home, primary: false }] },
  ],
]

describe('add', () => {
  it.each(cases)('%s', (_id, operations, changes) => {
    expect(patched(operations)).toEqual(expectedAfter(changes))
  })
})
