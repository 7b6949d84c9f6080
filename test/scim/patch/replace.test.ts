// What the operation replace does to a person, one line per rule of the checklist.
import { describe, expect, it } from 'vitest'
import { CAL, ENT, expectedAfter, type PatchCase, patched } from '../people.ts'

const work = { value: 'ada@ex.org', type: 'work', primary: true }
const home = { value: 'ada@home.net', type: 'home' }

const cases: readonly PatchCase[] = [
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
    'H13 unknown attributes are ignored',
    [
      { op: 'add', path: 'shoeSize', value: 1 },
      { op: 'add', path: 'urn:x:y:z', value: 1 },
      { op: 'replace', value: { title: 'B', foo: 2 } },
    ],
    { title: 'B' },
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

describe('replace', () => {
  it.each(cases)('%s', (_id, operations, changes) => {
    expect(patched(operations)).toEqual(expectedAfter(changes))
  })
})
