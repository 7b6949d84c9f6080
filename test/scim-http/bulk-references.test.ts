// Bulk: references by bulkId are resolved in every direction, and failOnErrors stops in time (RFC 7644 section 3.7).
import { beforeAll, describe, expect, it } from 'vitest'
import { urn } from '#server/scim/index.ts'
import { draft, makeGroups, saveAndApply } from '#test/domain/group-mappings/placing.ts'
import { bulk, createGroup, createUser, madeId, patchUser, statuses, type Operation } from './bulk-client.ts'
import { CAL, ENT, person, useDoor, type Tenant } from './client.ts'
import { membersOf } from './group-client.ts'

const door = useDoor()
let tenant: Tenant
beforeAll(async () => {
  tenant = await door.shared()
})

const managerOf = async (id: string) => {
  const { body } = await tenant.get(`/Users/${id}`)
  return (body[ENT] as { manager?: { value?: string } } | undefined)?.manager?.value
}
const managed = (bulkId: string, by: string): Operation =>
  createUser(bulkId, { [ENT]: { manager: { value: by } } })

describe('references', () => {
  it('B4: forward and backward, in data, extensions and paths', async () => {
    const entries = await bulk(tenant, [
      createGroup('Ref group', ['bulkId:r2', 'bulkId:r1']),
      managed('r1', 'bulkId:r2'),
      patchUser('/Users/bulkId:r3', [{ op: 'add', path: `${CAL}:group`, value: 'Sales' }]),
      createUser('r2', { externalId: 'bulkId:r3' }),
      createUser('r3'),
      {
        method: 'PATCH',
        path: '/Groups/bulkId:Ref%20group',
        data: {
          schemas: [urn.patchOp],
          Operations: [{ op: 'remove', path: 'members[value eq "bulkId:r1"]' }],
        },
      },
    ])
    expect(statuses(entries)).toEqual(['201', '201', '200', '201', '201', '409'])
    const [groupId, r1, , r2, r3] = entries.map(madeId)
    expect(await membersOf(tenant, groupId ?? '')).toEqual([r2, r1].sort())
    expect(await managerOf(r1 ?? '')).toBe(r2)
    expect((await tenant.get(`/Users/${r2 ?? ''}`)).body['externalId']).toBe(r3)
    expect((await tenant.get(`/Users/${r3 ?? ''}`)).body[CAL]).toEqual({ group: 'Sales' })
  })

  it('B5: people who manage each other, and one who manages herself', async () => {
    const entries = await bulk(tenant, [
      createGroup('Circle', ['bulkId:c1', 'bulkId:c2']),
      managed('c1', 'bulkId:c2'),
      managed('c2', 'bulkId:c3'),
      managed('c3', 'bulkId:c1'),
      managed('self', 'bulkId:self'),
    ])
    expect(statuses(entries)).toEqual(['201', '201', '201', '201', '201'])
    const [groupId, c1, c2, c3, self] = entries.map(madeId)
    expect(await Promise.all([c1, c2, c3, self].map(id => managerOf(id ?? '')))).toEqual([c2, c3, c1, self])
    expect(await membersOf(tenant, groupId ?? '')).toEqual([c1, c2].sort())
    const { headers } = await tenant.get(`/Users/${c1 ?? ''}`)
    expect(entries[1]?.version).toBe(headers['etag'])
  })

  it('B5, B13: a circle is made whole or not at all', async () => {
    await tenant.make(person({ userName: 'k2@ex.org' }))
    const entries = await bulk(tenant, [
      managed('k1', 'bulkId:k2'),
      managed('k2', 'bulkId:k1'),
      createUser('k3'),
    ])
    expect(statuses(entries)).toEqual(['409', '409', '201'])
    expect(entries[1]?.response?.['scimType']).toBe('uniqueness')
    expect(entries[0]).not.toHaveProperty('location')
    expect(await tenant.find('userName eq "k1@ex.org"')).toEqual([])
    const impossible = await bulk(tenant, [createUser('i1', { userName: 'bulkId:i1' })])
    expect(statuses(impossible)).toEqual(['409'])
  })

  it('B6: what nobody makes, or nobody could make, is 409, and others go on', async () => {
    const entries = await bulk(tenant, [
      managed('n1', 'bulkId:nobody'),
      managed('n2', 'bulkId:n3'),
      createUser('n3', { userName: 'NOBODY', active: 'perhaps' }),
      { method: 'DELETE', path: '/Users/bulkId:n3' },
      createUser('n4'),
    ])
    expect(statuses(entries)).toEqual(['409', '409', '400', '409', '201'])
    expect(entries[0]?.response?.['detail']).toMatch(/No POST .* "nobody"/)
    expect(entries[1]?.response?.['detail']).toMatch(/"n3" failed/)
    expect(await tenant.find('userName sw "n1@" or userName sw "n2@"')).toEqual([])
  })
})

describe('failOnErrors', () => {
  const [good, bad] = [
    (name: string) => createUser(name),
    (name: string) => createUser(name, { active: 'perhaps' }),
  ]
  const twice = (name: string): Operation => createUser(name, { userName: 'TWICE@ex.org' })

  it.each<[string, number | undefined, readonly Operation[], readonly string[]]>([
    ['one', 1, [good('f1'), bad('f2'), good('f3')], ['201', '400']],
    ['two', 2, [bad('f4'), good('f5'), bad('f6'), good('f7')], ['400', '201', '400']],
    ['a name that is taken', 1, [twice('f8'), good('f9'), twice('f10'), good('f11')], ['201', '201', '409']],
    ['more than there are', 9, [bad('f12'), good('f13')], ['400', '201']],
    ['left out', undefined, [bad('f14'), good('f15')], ['400', '201']],
  ])('B7: %s', async (_case, failOnErrors, operations, expected) => {
    const own = await door.tenant()
    expect(statuses(await bulk(own, operations, { failOnErrors }))).toEqual(expected)
    const made = expected.filter(status => status === '201').length
    expect(await own.find('userName ew "@ex.org"')).toHaveLength(made)
  })
})

describe('a group mapping', () => {
  it('B13: places people as it does one by one, and counts what they carry', async () => {
    const own = await door.tenant()
    const { ctx } = own.org.owner
    const { Sales } = await makeGroups(ctx, ['Sales'])
    const carrying = (bulkId: string, value: string) => createUser(bulkId, { [CAL]: { group: value } })
    const values = async () =>
      (await ctx.db.groupValue.findMany({ where: { orgId: own.org.orgId }, orderBy: { value: 'asc' } })).map(
        ({ value, people }) => `${value} ${String(people)}`,
      )
    const before = await bulk(own, [carrying('v1', 'Sales'), carrying('v2', 'Sales'), carrying('v3', 'HR')])
    expect(statuses(before)).toEqual(['201', '201', '201'])
    expect(await values()).toEqual(['HR 1', 'Sales 2'])
    await saveAndApply(ctx, draft({ Sales }))
    const after = await bulk(own, [carrying('v4', 'HR'), carrying('v5', 'Sales'), carrying('v6', 'Sales')])
    expect(statuses(after)).toEqual(['201', '201', '201'])
    expect(await values()).toEqual(['HR 2', 'Sales 4'])
    expect(await membersOf(own, Sales)).toEqual([madeId(after[1]), madeId(after[2])])
  })
})
