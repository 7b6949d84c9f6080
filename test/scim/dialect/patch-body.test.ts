// What identity providers really send as PATCH, and the strict form it is given.
import { describe, expect, it } from 'vitest'
import { normalizePatchBody, urn, type Json } from '#server/scim/index.ts'
import { ada, CAL, ENT, expectedAfter, patched, without, type Changes } from '../people.ts'

const noMail = without(ada, 'emails')
type DialectCase = readonly [id: string, quirks: readonly string[], operations: unknown, changes: Changes]
const enterprise = (more: Readonly<Record<string, Json>>) => ({
  [ENT]: { department: 'Maths', manager: { value: 'u9' }, ...more },
})
const op = (verb: string, path: string, value: unknown) => ({ op: verb, path, value })

const patches: readonly DialectCase[] = [
  ['EN20', ['capitalised-op', 'boolean-as-text'], [op('Replace', 'active', 'False')], { active: false }],
  ['EN21', [], [{ op: 'replace', value: { active: false } }], { active: false }],
  [
    'EN22',
    ['capitalised-op'],
    [op('Replace', 'displayName', 'Ada B'), op('Replace', 'name.familyName', 'B')],
    { displayName: 'Ada B', name: { givenName: 'Ada', familyName: 'B' } },
  ],
  [
    'EN23',
    ['capitalised-op'],
    [op('Add', 'emails[type eq "work"].value', 'a@ex')],
    { emails: [{ type: 'work', value: 'a@ex' }] },
  ],
  [
    'EN23',
    ['capitalised-op', 'boolean-as-text'],
    [
      op('Replace', 'emails[type eq "work"].primary', 'True'),
      op('Replace', 'emails[type eq "work"].value', 'a@ex'),
    ],
    { emails: [{ type: 'work', primary: true, value: 'a@ex' }] },
  ],
  [
    'EN23',
    ['capitalised-op'],
    [
      op('Add', 'phoneNumbers[type eq "mobile"].value', '+1 2'),
      op('Add', 'addresses[type eq "work"].streetAddress', 'S 1'),
      op('Add', 'addresses[type eq "work"].locality', 'L'),
    ],
    {
      phoneNumbers: [{ type: 'mobile', value: '+1 2' }],
      addresses: [{ type: 'work', streetAddress: 'S 1', locality: 'L' }],
    },
  ],
  [
    'EN24',
    ['capitalised-op'],
    [
      op('Replace', 'emails[primary eq true].value', 'a@ex'),
      op('Replace', 'roles[primary eq "True"].value', 'R'),
    ],
    {
      emails: [{ primary: true, value: 'a@ex' }],
      roles: [{ primary: true, value: 'R' }],
    },
  ],
  [
    'EN25',
    ['capitalised-op'],
    [op('Add', `${ENT}:department`, 'D'), op('Add', `${CAL}:group`, 'HR')],
    { ...enterprise({ department: 'D' }), [CAL]: { group: 'HR' } },
  ],
  [
    'EN26',
    [],
    [
      {
        op: 'replace',
        value: {
          displayName: 'A',
          'name.givenName': 'A',
          'emails[type eq "work"].value': 'a@ex',
          [`${ENT}:employeeNumber`]: '7',
          [`${CAL}:group`]: 'HR',
        },
      },
    ],
    {
      displayName: 'A',
      name: { givenName: 'A', familyName: 'Lovelace' },
      emails: [{ type: 'work', value: 'a@ex' }],
      ...enterprise({ employeeNumber: '7' }),
      [CAL]: { group: 'HR' },
    },
  ],
  [
    'EN27',
    ['capitalised-op', 'dotted-extension-path'],
    [op('Replace', `${CAL}.group`, 'HR')],
    { [CAL]: { group: 'HR' } },
  ],
  [
    'G5',
    ['dotted-extension-path'],
    [{ op: 'replace', value: { [`${CAL}.group`]: 'HR' } }],
    { [CAL]: { group: 'HR' } },
  ],
  [
    'EN28',
    ['capitalised-op', 'manager-as-text'],
    [op('Add', `${ENT}:manager`, 'U2')],
    enterprise({ manager: { value: 'U2' } }),
  ],
  [
    'EN28',
    ['capitalised-op', 'enterprise-attribute-without-urn', 'list-for-single-value'],
    [op('Add', 'manager', [{ $ref: '/Users/U2', value: 'U2' }])],
    enterprise({ manager: { value: 'U2' } }),
  ],
  [
    'EN28',
    ['capitalised-op'],
    [op('Replace', `${ENT}:manager`, { value: 'U2' })],
    enterprise({ manager: { value: 'U2' } }),
  ],
  ['EN29', ['capitalised-op'], [op('Replace', `${ENT}:manager`, '')], { [ENT]: { department: 'Maths' } }],
  [
    'EN29',
    ['capitalised-op'],
    [{ op: 'Remove', path: `${ENT}:manager` }],
    { [ENT]: { department: 'Maths' } },
  ],
  [
    'EN29',
    ['enterprise-attribute-without-urn'],
    [{ op: 'remove', path: 'manager' }],
    { [ENT]: { department: 'Maths' } },
  ],
  ['EN29', [], [op('replace', `${ENT}:manager`, null)], { [ENT]: { department: 'Maths' } }],
  [
    'EN30',
    ['capitalised-op'],
    [op('Replace', 'title', ''), op('Replace', 'nickName', null), { op: 'Remove', path: 'displayName' }],
    { title: undefined, displayName: undefined },
  ],
  ['EN31', ['capitalised-op'], [{ op: 'Remove', path: 'phoneNumbers[type eq "fax"].value' }], {}],
  [
    'EN32',
    ['capitalised-op'],
    [op('Add', 'roles', [{ value: '{"id":"r1","value":"Admin"}' }])],
    { roles: [{ value: '{"id":"r1","value":"Admin"}' }] },
  ],
  [
    'EN33',
    [],
    [{ op: 'remove', path: 'displayName' }, op('add', 'displayName', 'A'), op('replace', 'displayName', 'B')],
    { displayName: 'B' },
  ],
  ['EN34', ['capitalised-op'], [op('Replace', 'userName', 'new@ex.org')], { userName: 'new@ex.org' }],
  ['EN35', ['capitalised-op'], [op('Replace', 'externalId', 'E2')], { externalId: 'E2' }],
  [
    'EN28',
    ['list-for-single-value'],
    [op('replace', 'displayName', [{ $ref: null, value: 'A' }])],
    { displayName: 'A' },
  ],
  ['OK6', [], [{ op: 'replace', value: { active: false } }], { active: false }],
  ['OK7', ['password-sent'], [{ op: 'replace', value: { password: 'x' } }], {}],
  ['OK13', [], [{ op: 'replace', value: { id: 'G', displayName: 'A' } }], { displayName: 'A' }],
  ['KC3', ['boolean-as-text'], [op('replace', 'active', 'false')], { active: false }],
  [
    'H48',
    ['manager-as-text'],
    [{ op: 'replace', value: { [`${ENT}:manager`]: 'U2' } }],
    enterprise({ manager: { value: 'U2' } }),
  ],
  ['H48', ['text-as-element'], [op('add', 'roles', ['R', 'S'])], { roles: [{ value: 'R' }, { value: 'S' }] }],
  ['G7', ['group-without-namespace'], [{ op: 'replace', value: { group: 'HR' } }], {}],
]

describe('normalizePatchBody', () => {
  it.each(patches)('%s: notes %j in %j', (_id, quirks, operations, changes) => {
    const sent = { schemas: [urn.patchOp], Operations: operations }
    expect(
      normalizePatchBody(sent)
        .quirks.map(quirk => quirk.id)
        .sort(),
    ).toEqual([...quirks].sort())
    expect(patched(operations, noMail)).toEqual(expectedAfter(changes, noMail))
  })

  it('gives a body without quirks back as it is', () => {
    const plain = { schemas: [urn.patchOp], Operations: [op('replace', 'active', true)] }
    expect(normalizePatchBody(plain).body).toBe(plain)
    for (const other of [null, 'x', [], { Operations: 'x' }, { Operations: [5] }])
      expect(normalizePatchBody(other)).toEqual({ body: other, quirks: [] })
  })

  it('H2: finds the operations under a key in small letters', () => {
    const { body, quirks } = normalizePatchBody({ operations: [op('Add', 'title', 'x')] })
    expect(body).toEqual({ operations: [op('add', 'title', 'x')] })
    expect(quirks).toHaveLength(1)
  })
})
