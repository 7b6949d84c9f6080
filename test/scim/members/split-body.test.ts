// Splits the bodies of a group's POST and PUT into attributes and members.
import { describe, expect, it } from 'vitest'
import { normalizeGroupBody, resourceTypes, groupType, splitGroupBody, urn } from '#server/scim/index.ts'
import { refusalOf } from '../people.ts'

const create = (body: object, strict = false) =>
  splitGroupBody(strict ? body : normalizeGroupBody(body).body, { interaction: 'create', strict })
const sales = { schemas: [urn.group], displayName: 'Sales' }

describe('the body of a group', () => {
  it('OK12: is split into attributes and members', () => {
    const members = [{ value: 'U1', display: 'ada@ex.org' }, { value: 'U2', type: 'User' }, { value: 'U1' }]
    expect(create({ ...sales, externalId: 'x', members })).toEqual({
      document: { displayName: 'Sales', externalId: 'x' },
      members: ['U1', 'U2'],
      ignored: [],
    })
  })

  it('OK12, U13: has no members when it lists none', () => {
    expect(create({ ...sales, members: [] }).members).toEqual([])
    expect(create(sales).members).toEqual([])
  })

  it("EN14: may name Microsoft's second schema", () => {
    const schemas = [urn.group, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group']
    expect(create({ ...sales, schemas, meta: { resourceType: 'Group' } }).document).toEqual({
      displayName: 'Sales',
    })
  })

  it('JC6: may leave its schemas out, but not in strict mode', () => {
    expect(create({ displayName: 'probe group' }).document).toEqual({ displayName: 'probe group' })
    expect(refusalOf(() => create({ displayName: 'x' }, true)).scimType).toBe('invalidSyntax')
  })

  it('may list more people than other lists', () => {
    const members = Array.from({ length: 1_001 }, (_, at) => ({ value: `U${String(at)}` }))
    expect(create({ ...sales, members }).members).toHaveLength(1_001)
  })

  it.each([
    ['DM32', 'no name', { schemas: [urn.group] }],
    ['DM32', 'a blank name', { ...sales, displayName: ' ' }],
    ['DM37', 'a name of 256 characters', { ...sales, displayName: 'x'.repeat(256) }],
    ['DM32', 'a group inside', { ...sales, members: [{ value: 'G', type: 'group' }] }],
    ['DM32', 'members that are no list', { ...sales, members: 7 }],
  ])('%s: with %s is refused', (_ids, _title, body) => {
    expect(refusalOf(() => create(body)).scimType).toBe('invalidValue')
  })

  it('D10: belongs to a resource type of its own', () => {
    expect(resourceTypes('https://x', [groupType])).toMatchObject([
      { id: 'Group', endpoint: '/Groups', schema: urn.group, schemaExtensions: [] },
    ])
  })
})
