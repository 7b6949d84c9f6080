// Splits the PATCH bodies of identity providers into attribute operations and member changes.
import { describe, expect, it } from 'vitest'
import {
  applyPatch,
  groupType,
  normalizePatchBody,
  planMembers,
  splitGroupPatch,
  urn,
  type Resource,
} from '#server/scim/index.ts'
import { refusalOf } from '../people.ts'

function split(operations: readonly object[], strict = false) {
  const sent = { schemas: [urn.patchOp], Operations: operations }
  const body = strict ? sent : normalizePatchBody(sent, groupType).body
  return splitGroupPatch(body, { strict })
}

const plan = (operations: readonly object[]) => planMembers(split(operations).members)
const nothing = { replacesAll: false, add: [], remove: [] }
const adds = (...add: string[]) => ({ ...nothing, add })
const removes = (...remove: string[]) => ({ ...nothing, remove })
const becomes = (...add: string[]) => ({ ...nothing, replacesAll: true, add })
const U1 = { value: 'U1' }
const op = (word: string, path?: string, value?: unknown): object => ({
  op: word,
  ...(path === undefined ? {} : { path }),
  ...(value === undefined ? {} : { value }),
})

const shapes: readonly [ids: string, title: string, operations: readonly object[], expected: object][] = [
  [
    'EN40',
    'a capital Add with a null $ref',
    [op('Add', 'members', [{ $ref: null, value: 'U1' }])],
    adds('U1'),
  ],
  [
    'EN41',
    'a capital Remove with a list',
    [op('Remove', 'members', [{ $ref: null, value: 'U1' }])],
    removes('U1'),
  ],
  ['EN42, OK14', 'a removal by value filter', [op('remove', 'members[value eq "U1"]')], removes('U1')],
  [
    'EN43',
    'one add a member',
    [op('Add', 'members', [U1]), op('Add', 'members', [{ value: 'U2' }])],
    adds('U1', 'U2'),
  ],
  ['EN43', 'one add with many', [op('add', 'members', [U1, { value: 'U2' }, U1])], adds('U1', 'U2')],
  ['EN45, KC4', 'a replacement by null', [op('replace', 'members', null)], becomes()],
  [
    'OK14',
    'an add with display',
    [op('add', 'members', [{ value: 'U1', display: 'ada@ex.org' }])],
    adds('U1'),
  ],
  [
    'OK14',
    'removal and add in one request',
    [op('remove', 'members[value eq "U1"]'), op('add', 'members', [{ value: 'U2' }])],
    { ...nothing, add: ['U2'], remove: ['U1'] },
  ],
  [
    'OK15, KC4',
    'a replacement by a list',
    [op('replace', 'members', [U1, { value: 'U2' }])],
    becomes('U1', 'U2'),
  ],
  ['AU4, JC4, H34', 'a removal with a value list', [op('remove', 'members', [U1])], removes('U1')],
  ['H34, KC4', 'a removal with value null', [{ ...op('remove', 'members'), value: null }], becomes()],
  ['H34', 'a removal without value', [op('remove', 'members')], becomes()],
  ['H23', 'a single object', [op('add', 'members', U1)], adds('U1')],
  ['H23', 'plain texts', [op('add', 'members', ['U1', 'U2'])], adds('U1', 'U2')],
  ['H20', 'an add without path', [op('add', undefined, { members: [U1] })], adds('U1')],
  ['H40', 'a replacement without path', [op('replace', undefined, { members: [U1] })], becomes('U1')],
  ['H43', 'an empty list', [op('replace', 'members', [])], becomes()],
  ['H47', 'a path as a key', [op('add', undefined, { [`${urn.group}:members`]: [U1] })], adds('U1')],
  ['H24', 'an add to a picked member', [op('add', 'members[value eq "U1"]', U1)], adds('U1')],
  [
    'H31',
    'several picked members',
    [op('remove', 'members[value eq "U1" or value eq "U2"]')],
    removes('U1', 'U2'),
  ],
  ['H31', 'value and type', [op('remove', 'members[type eq "User" and value eq "U1"]')], removes('U1')],
  ['H31', 'everyone by type', [op('remove', 'members[type eq "User"]')], becomes()],
  ['H31', 'an address', [op('remove', 'members[$ref eq "https://x/Users/U1"]')], removes('U1')],
  [
    'DM32',
    'an address instead of a value',
    [op('add', 'members', [{ $ref: 'https://x/Users/U1' }])],
    adds('U1'),
  ],
  ['H4', 'add, then remove', [op('add', 'members', [U1]), op('remove', 'members', [U1])], removes('U1')],
  ['H4', 'remove, then add', [op('remove', 'members', [U1]), op('add', 'members', [U1])], adds('U1')],
  ['H4', 'empty, then add', [op('remove', 'members'), op('add', 'members', [U1])], becomes('U1')],
  ['H4', 'replace, then remove', [op('replace', 'members', [U1]), op('remove', 'members', [U1])], becomes()],
]

describe('a PATCH of members', () => {
  it.each(shapes)('%s: reads %s', (_ids, _title, operations, expected) => {
    expect(plan(operations)).toEqual(expected)
  })

  it('H46: takes 100,000 members in one replacement', () => {
    const all = Array.from({ length: 100_000 }, (_, at) => ({ value: `U${String(at)}` }))
    expect(plan([op('replace', 'members', all)]).add).toHaveLength(100_000)
  })

  it.each([
    ['DM32', 'a group by type', op('add', 'members', [{ value: 'G1', type: 'Group' }]), 'invalidValue'],
    [
      'DM32',
      'a group by address',
      op('add', 'members', [{ value: 'G', $ref: 'https://x/Groups/G' }]),
      'invalidValue',
    ],
    ['H12', 'a filter by name', op('remove', 'members[display eq "Ada"]'), 'invalidFilter'],
    [
      'H12',
      'a filter that looks into the group',
      op('remove', 'members[not (value eq "U1")]'),
      'invalidFilter',
    ],
    ['H10', 'another value for a member', op('replace', 'members[value eq "U1"].value', 'U2'), 'mutability'],
    [
      'H10',
      'another member in place of one',
      op('replace', 'members[value eq "U1"]', { value: 'U2' }),
      'mutability',
    ],
    ['H9', 'a read-only part', op('replace', 'members[value eq "U1"].display', 'Ada'), 'mutability'],
    ['H32', 'the removal of the name', op('remove', 'displayName'), 'mutability'],
    ['H14', 'an element that is no person', op('add', 'members', [7]), 'invalidValue'],
  ])('%s: refuses %s', (_ids, _title, operation, scimType) => {
    expect(refusalOf(() => split([operation])).scimType).toBe(scimType)
  })
})

describe('a PATCH of attributes', () => {
  const sales: Resource = { displayName: 'Sales', externalId: 'x' }
  const after = (...operations: object[]) => applyPatch(sales, split(operations).operations, groupType)

  it('EN44: renames', () => {
    expect(after(op('Replace', 'displayName', 'Sales EMEA'))).toEqual({ ...sales, displayName: 'Sales EMEA' })
  })

  it('OK13: ignores the id beside the new name', () => {
    expect(after(op('replace', undefined, { id: 'G', displayName: 'New' }))).toEqual({
      ...sales,
      displayName: 'New',
    })
  })

  it('AU5: ignores the read-only keys of a whole resource', () => {
    const whole = {
      schemas: [urn.group],
      id: 'G',
      externalId: 'y',
      displayName: 'New',
      meta: { version: 'x' },
    }
    expect(after(op('replace', undefined, whole))).toEqual({ externalId: 'y', displayName: 'New' })
  })

  it('AU8: takes attributes and members from one request apart', () => {
    const found = split([op('replace', 'externalId', 'y'), op('add', 'members', [U1])])
    expect(found.operations.map(({ path }) => path.key)).toEqual(['externalId'])
    expect(found.members).toEqual([{ kind: 'add', ids: ['U1'] }])
  })
})
