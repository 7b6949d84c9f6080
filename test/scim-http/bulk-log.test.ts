// What the provisioning log keeps of a Bulk request: one line that says how it went, everything linked, nothing secret.
import { describe, expect, it, vi } from 'vitest'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { bulk, createGroup, createUser, madeId, patchUser, statuses, type Operation } from './bulk-client.ts'
import { exchangesOf, useDoor, type Tenant } from './client.ts'

const door = useDoor()
const fail = (bulkId: string): Operation => createUser(bulkId, { active: 'perhaps' })
const title = (value: string) => [{ op: 'replace', path: 'title', value }]

async function lineOf(tenant: Tenant) {
  const line = (await exchangesOf(door.world, tenant, 1)).at(-1)
  if (line === undefined) throw new Error('There is a line.')
  return line
}

describe('the line of a Bulk request', () => {
  it('Z8: says how many of what were done, and how many failed for what', async () => {
    const tenant = await door.tenant()
    const [ada] = await bulk(tenant, [
      createUser('l1'),
      createUser('l2'),
      fail('l3'),
      createGroup('Team', ['bulkId:l1']),
      patchUser('/Users/bulkId:l1', title('Chief')),
      patchUser('/Users/bulkId:l1', title('Chief')),
      { method: 'DELETE', path: '/Users/bulkId:l2' },
      { method: 'DELETE', path: '/Users/nobody' },
    ])
    const line = await lineOf(tenant)
    expect(line).toMatchObject({
      method: 'POST',
      path: '/Bulk',
      status: 200,
      userId: null,
      changedNothing: false,
    })
    expect(line.summary).toBe(
      'Bulk of 8 operations: created 2 people and 1 group, changed 1 person, changed nothing about 1 person, ' +
        'deleted 1 person, 2 failed',
    )
    expect(line.changes).toEqual([
      { path: 'POST /Users', before: '1 failed with 400 invalidValue', after: '2 done' },
      { path: 'POST /Groups', before: null, after: '1 done' },
      { path: 'PATCH /Users', before: null, after: '2 done' },
      { path: 'DELETE /Users', before: '1 failed with 404', after: '1 done' },
    ])
    const { ctx, orgId } = { ctx: tenant.org.owner.ctx, orgId: tenant.org.orgId }
    const events = await ctx.db.provisioningEvent.findMany({
      where: { orgId, exchangeId: line.id },
      orderBy: { sequence: 'asc' },
    })
    const told = events.map(({ type, userId }) => [type, userId === madeId(ada)])
    expect(told).toEqual([
      ['user.created', true],
      ['user.created', false],
      ['group.created', false],
      ['group.member_added', true],
      ['user.updated', true],
      ['user.deleted', false],
    ])
  })

  it('B7: counts what was not tried', async () => {
    const tenant = await door.tenant()
    await bulk(tenant, [fail('x1'), createUser('x2'), createUser('x3')], { failOnErrors: 1 })
    expect((await lineOf(tenant)).summary).toBe('Bulk of 3 operations: 1 failed, 2 not tried')
  })

  it('belongs to the person whom alone it is about', async () => {
    const tenant = await door.tenant()
    const id = await tenant.make()
    await bulk(tenant, [patchUser(`/Users/${id}`, title('A')), patchUser(`/Users/${id}`, title('A'))])
    const [, line] = await exchangesOf(door.world, tenant, 2)
    expect(line).toMatchObject({ userId: id, changedNothing: false })
  })

  it('DM27: keeps no secret', async () => {
    const tenant = await door.tenant()
    await bulk(tenant, [
      createUser('s1', { password: 'hunter2' }),
      patchUser('/Users/bulkId:s1', [{ op: 'replace', path: 'password', value: 'hunter3' }]),
      patchUser('/Users/bulkId:s1', [{ op: 'replace', value: { password: 'hunter4', title: 'x' } }]),
    ])
    const line = await lineOf(tenant)
    expect(
      JSON.stringify(line, (_key, value: unknown) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toContain('hunter')
  })

  it('keeps as many whole operations as fit, those that failed first', async () => {
    const tenant = await door.tenant()
    const operations = Array.from({ length: 300 }, (_, index) =>
      index === 250 ? fail('late') : createUser(`many${String(index)}`, { title: 'x'.repeat(100) }),
    )
    await bulk(tenant, operations)
    const { requestBody, responseBody } = await lineOf(tenant)
    for (const body of [requestBody, responseBody]) {
      expect(body?.length).toBeLessThan(16_500)
      const { Operations } = JSON.parse(body ?? '') as { Operations: readonly unknown[] }
      expect(Operations.at(-1)).toMatch(/^and \d+ more operations, not kept$/)
      expect(Operations.length).toBeGreaterThan(20)
    }
    expect(responseBody).toContain('"bulkId":"late"')
  })
})

describe('a long Bulk request', () => {
  it('B13: stops when its token is revoked meanwhile', async () => {
    const tenant = await door.tenant()
    const operations = Array.from({ length: 1_000 }, (_, index) => createUser(`long${String(index)}`))
    const running = bulk(tenant, operations)
    const { orgId, owner, scimToken } = tenant.org
    await vi.waitFor(
      async () => {
        expect(await owner.ctx.db.user.count({ where: { orgId } })).toBeGreaterThan(10)
      },
      { timeout: 20_000, interval: 5 },
    )
    await revokeScimToken(owner.ctx, { tokenId: scimToken.id })
    const ended = statuses(await running)
    expect([ended[0], ended.at(-1)]).toEqual(['201', '401'])
    expect(new Set(ended)).toEqual(new Set(['201', '401']))
  })
})
