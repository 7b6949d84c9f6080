// What the operation remove does to a person, one line per rule of the checklist.
import { describe, expect, it } from 'vitest'
import { CAL, ENT, expectedAfter, type PatchCase, patched } from '../people.ts'

const work = { value: 'ada@ex.org', type: 'work', primary: true }
const home = { value: 'ada@home.net', type: 'home' }

const cases: readonly PatchCase[] = [
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
    'H7 removing the last extension value drops the container',
    [{ op: 'remove', path: `${CAL}:group` }],
    { [CAL]: undefined },
  ],
  [
    'H34 a filter with a quoted bracket',
    [
      { op: 'remove', path: 'emails[value eq "a]b"]' },
      { op: 'remove', path: 'emails[value eq "ada@home.net"]' },
    ],
    { emails: [work] },
  ],
  ['G3 remove on the extension URN clears it', [{ op: 'remove', path: ENT }], { [ENT]: undefined }],
]

describe('remove', () => {
  it.each(cases)('%s', (_id, operations, changes) => {
    expect(patched(operations)).toEqual(expectedAfter(changes))
  })
})
