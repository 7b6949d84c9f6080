// Departures from the standard: each is noted and counted for its connection, and refused once it is switched to strict.
import { describe, expect, it, vi } from 'vitest'
import { configureDeviation } from '#server/domain/organizations/configure-deviation.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { pruneLogs } from '#server/domain/provisioning-log/prune-logs.ts'
import { deviations, type DeviationId } from '#server/scim/index.ts'
import { bulkBody } from './bulk-client.ts'
import {
  CAL,
  ENT,
  exchangesOf,
  expectError,
  PATCH_OP,
  person,
  textOf,
  useDoor,
  USER,
  type Asked,
  type Tenant,
} from './client.ts'

const door = useDoor()

const create = (more: object): Asked => ({ method: 'POST', path: '/Users', body: { ...person(), ...more } })
const find = (filter: string): Asked => ({
  method: 'GET',
  path: `/Users?filter=${encodeURIComponent(filter)}`,
})
const patch = (...Operations: object[]): Asked => ({
  method: 'PATCH',
  path: '/Users/$ID',
  body: { schemas: [PATCH_OP], Operations },
})

/** One request that needs each, and the scimType of its refusal. */
const samples: Record<DeviationId, readonly [Asked, refusedAs: string]> = {
  'boolean-as-text': [create({ active: 'True' }), 'invalidValue'],
  'bulk-patch-without-message': [
    {
      method: 'POST',
      path: '/Bulk',
      body: bulkBody([
        { method: 'PATCH', path: '/Users/x', data: [{ op: 'add', path: 'title', value: 'x' }] },
      ]),
    },
    'invalidSyntax',
  ],
  'byte-order-mark': [
    { method: 'POST', path: '/Users', body: `\uFEFF${JSON.stringify(person())}` },
    'invalidSyntax',
  ],
  'capitalised-op': [patch({ op: 'Replace', path: 'title', value: 'Chief' }), 'invalidSyntax'],
  'dotted-extension-path': [patch({ op: 'replace', path: `${CAL}.group`, value: 'Sales' }), 'invalidPath'],
  'element-created': [
    patch({ op: 'replace', path: 'phoneNumbers[type eq "fax"].value', value: '1' }),
    'noTarget',
  ],
  'emails-as-object': [create({ emails: { value: 'a@ex.org' } }), 'invalidValue'],
  'enterprise-attribute-without-urn': [
    patch({ op: 'replace', path: 'department', value: 'Sales' }),
    'invalidPath',
  ],
  'extension-not-declared': [create({ [CAL]: { group: 'Sales' } }), 'invalidSyntax'],
  'filter-attribute-without-urn': [find('department eq "Sales"'), 'invalidFilter'],
  'filter-blank-missing': [find('userName eq"ada"'), 'invalidFilter'],
  'filter-boolean-as-text': [find('active eq "True"'), 'invalidFilter'],
  'filter-text-without-quotes': [find('externalId eq jdoe'), 'invalidFilter'],
  'filter-behind-brackets': [find('emails[type eq "work"].value eq "a@b"'), 'invalidFilter'],
  'flat-extension-key': [create({ schemas: [USER, CAL], [`${CAL}:group`]: 'Sales' }), 'invalidSyntax'],
  'foreign-schema': [
    create({ schemas: [USER, 'http://schemas.microsoft.com/2006/11/ADSCIM/2.0/User'] }),
    'invalidSyntax',
  ],
  'group-without-namespace': [create({ group: 'Sales' }), 'invalidSyntax'],
  'group-without-schemas': [
    { method: 'POST', path: '/Groups', body: { displayName: 'Probe' } },
    'invalidSyntax',
  ],
  'list-for-single-value': [create({ schemas: [USER, CAL], [CAL]: { group: ['Sales'] } }), 'invalidValue'],
  'manager-as-text': [create({ schemas: [USER, ENT], [ENT]: { manager: 'U2' } }), 'invalidValue'],
  'manager-template': [
    create({ schemas: [USER, ENT], [ENT]: { manager: { managerId: 'U2' } } }),
    'invalidSyntax',
  ],
  'misspelt-enterprise-urn': [
    patch({
      op: 'replace',
      path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department',
      value: 'Sales',
    }),
    'invalidSyntax',
  ],
  'password-sent': [create({ password: 'random' }), 'invalidSyntax'],
  'patch-without-schemas': [
    { ...patch(), body: { Operations: [{ op: 'replace', path: 'title', value: 'Boss' }] } },
    'invalidSyntax',
  ],
  'remove-with-value': [
    patch({ op: 'remove', path: 'emails', value: [{ value: 'a@ex.org' }] }),
    'invalidSyntax',
  ],
  'schema-named-twice': [create({ schemas: [USER, USER] }), 'invalidSyntax'],
  'text-as-element': [create({ emails: ['a@ex.org'] }), 'invalidValue'],
  'two-primaries': [
    create({
      emails: [
        { value: 'a@ex.org', primary: true },
        { value: 'b@ex.org', primary: true },
      ],
    }),
    'invalidValue',
  ],
  'unknown-attribute': [create({ shoeSize: 43 }), 'invalidSyntax'],
}

/** Sends it as it is, for a new person or group each time. */
async function send(tenant: Tenant, { method, path, body }: Asked) {
  const id = path.includes('$ID') ? await tenant.make() : ''
  const { userName } = person()
  const fresh = path === '/Groups' ? { displayName: `Probe ${textOf(userName)}` } : { userName }
  const again = typeof body === 'string' ? `\uFEFF${JSON.stringify(person())}` : { ...body!, ...fresh }
  return tenant.call({
    method,
    path: path.replace('$ID', id),
    ...(method === 'GET' ? {} : { body: method === 'POST' ? again : body }),
  })
}

async function usesOf({ org }: Tenant) {
  const { ctx, orgId } = { ctx: org.owner.ctx, orgId: org.orgId }
  return ctx.db.deviationUse.findMany({
    where: { orgId },
    orderBy: [{ connectionName: 'asc' }, { deviation: 'asc' }],
  })
}

describe('Q6: each tolerated deviation', () => {
  it.each(deviations.map(({ id, rfc }) => [id, rfc] as const))(
    '%s (%s) is counted, and refused once it is strict',
    async id => {
      const tenant = await door.shared()
      const [asked, refusedAs] = samples[id]
      const { ctx } = tenant.org.owner
      const before = (await usesOf(tenant)).find(use => use.deviation === id)?.uses ?? 0n
      const tolerated = await send(tenant, asked)
      expect(tolerated.status, tolerated.text).toBeLessThan(300)
      const use = await vi.waitFor(async () => {
        const found = (await usesOf(tenant)).find(each => each.deviation === id)
        expect(found?.uses).toBe(before + 1n)
        return found!
      })
      expect(use.connectionId).toBe(tenant.org.scimToken.id)
      const last = await ctx.db.exchange.findFirst({ where: { orgId: ctx.orgId, id: use.lastExchangeId } })
      expect(last?.quirks).toContainEqual(expect.objectContaining({ id }))

      await configureDeviation(ctx, { deviation: id, strict: true })
      const refused = await send(tenant, asked)
      expectError(refused, 400, refusedAs)
      expect(textOf(refused.body['detail'])).toMatch(
        new RegExp(
          `departs from RFC \\d+ section .* allow "${id}" in Rollcall under Login > User provisioning`,
        ),
      )
      await configureDeviation(ctx, { deviation: id, strict: false })
      const allowed = await send(tenant, asked)
      expect(allowed.status, allowed.text).toBeLessThan(300)
    },
  )

  it('a refused one changes nothing, not even what stood before it', async () => {
    const tenant = await door.tenant()
    await configureDeviation(tenant.org.owner.ctx, { deviation: 'element-created', strict: true })
    const id = await tenant.make({ ...person(), title: 'Chief' })
    const refused = await tenant.patch(`/Users/${id}`, [
      { op: 'replace', path: 'title', value: 'Boss' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'a@ex.org' },
    ])
    expectError(refused, 400, 'noTarget')
    expect((await tenant.get(`/Users/${id}`)).body['title']).toBe('Chief')
  })

  it('strict mode refuses what is tolerated one by one, too', async () => {
    const tenant = await door.tenant({ strict: true })
    const refused = await tenant.post('/Users', { ...person(), active: 'True' })
    expectError(refused, 400, 'invalidValue')
    await exchangesOf(door.world, tenant, 1)
    expect(await usesOf(tenant)).toEqual([])
  })
})

describe('the count of deviations', () => {
  it('is exact for each connection, and stays when the log is pruned', async () => {
    const tenant = await door.tenant()
    const { org } = tenant
    const second = await issueScimToken(org.owner.ctx, { name: 'Second' })
    const headers = { authorization: `Bearer ${second.secret}` }
    const quirky = () => ({ ...person(), active: 'True', password: 'x' })
    await Promise.all(Array.from({ length: 30 }, () => tenant.post('/Users', quirky())))
    await Promise.all(Array.from({ length: 12 }, () => tenant.post('/Users', quirky(), headers)))
    await tenant.post('/Users', person())
    await tenant.post('/Users', quirky(), { authorization: 'Bearer nobody' })
    const rows = await exchangesOf(door.world, tenant, 44)
    const counted = (await usesOf(tenant)).map(use => [use.connectionId, use.deviation, use.uses])
    expect(counted).toHaveLength(4)
    expect(counted).toEqual(
      expect.arrayContaining([
        [org.scimToken.id, 'boolean-as-text', 30n],
        [org.scimToken.id, 'password-sent', 30n],
        [second.tokenId, 'boolean-as-text', 12n],
        [second.tokenId, 'password-sent', 12n],
      ]),
    )
    const ofSecond = rows.filter(row => row.tokenId === second.tokenId)
    const [use] = (await usesOf(tenant)).filter(each => each.connectionId === second.tokenId)
    expect(use?.firstSeenAt).toEqual(new Date(Math.min(...ofSecond.map(row => row.occurredAt.getTime()))))
    expect(use?.lastSeenAt).toEqual(new Date(Math.max(...ofSecond.map(row => row.occurredAt.getTime()))))
    const later = { ...org.owner.ctx, clock: { ...door.world.clock, now: () => new Date(Date.now() + 1e12) } }
    expect(await pruneLogs(later)).toBeGreaterThanOrEqual(44)
    expect(await usesOf(tenant)).toHaveLength(4)
  })

  it('counts a deviation once a request, however many values need it', async () => {
    const tenant = await door.tenant()
    await tenant.post('/Users', {
      ...person(),
      active: 'True',
      emails: [{ value: 'a@ex.org', primary: 'True' }],
    })
    await exchangesOf(door.world, tenant, 1)
    expect((await usesOf(tenant)).map(use => [use.deviation, use.uses])).toEqual([['boolean-as-text', 1n]])
  })
})
