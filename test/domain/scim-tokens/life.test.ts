// Tokens and keys in the database: issue, rotation with every overlap, expiry, first and last use, revocation.
import { beforeEach, describe, expect, it } from 'vitest'
import { authenticateApiKey } from '#server/domain/api-keys/authenticate-api-key.ts'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { authenticateToken } from '#server/domain/scim-tokens/authenticate-token.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { recordExpiredTokens } from '#server/domain/scim-tokens/record-expired-tokens.ts'
import { recordTokenUses } from '#server/domain/scim-tokens/record-token-uses.ts'
import { revokeScimToken } from '#server/domain/scim-tokens/revoke-scim-token.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { deleteUser } from '#server/domain/users/delete-user.ts'
import { reviseUser } from '#server/domain/users/revise-user.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, minute, type FakeClock } from '#test/support/fake-clock.ts'
import {
  proveAgain,
  makeWorld,
  newColleague,
  newOrganization,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let org: TestOrganization
beforeEach(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  org = await newOrganization(world)
})

const stranger = () => world.contextFor(org.orgId, { kind: 'anonymous', name: 'Someone', origin: testOrigin })
const faultOf = async (bearer: string | null) => (await authenticateToken(stranger(), { bearer })).fault
const system = () => world.contextFor(org.orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin })
const eventTypes = async () =>
  (
    await org.scim.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, type: { startsWith: 'scim_token' } },
      orderBy: { sequence: 'asc' },
    })
  ).map(event => event.type)

describe('a token', () => {
  it('opens the door for a year, then no more, and the log tells it once', async () => {
    const { secret } = org.scimToken
    expect(await faultOf(secret)).toBeNull()
    clock.advance(365 * day - 1)
    expect(await faultOf(secret)).toBeNull()
    clock.advance(1)
    expect(await faultOf(secret)).toBe('expired')
    await Promise.all([recordExpiredTokens(system()), recordExpiredTokens(system())])
    await recordExpiredTokens(system())
    expect(await eventTypes()).toEqual(['scim_token.issued', 'scim_token.expired'])
  })

  it.each([
    [null, 'missing'],
    ['nonsense', 'malformed'],
  ])('%s is %s', async (bearer, fault) => {
    expect(await faultOf(bearer)).toBe(fault)
  })

  it('of another kind or another organization is none', async () => {
    const other = await newOrganization(world)
    expect(await faultOf(org.apiKey.secret)).toBe('malformed')
    expect(await faultOf(other.scimToken.secret)).toBe('unknown')
  })

  it('trust T14: two are live at most, also when five are asked for at once', async () => {
    const ended = await Promise.allSettled(
      Array.from({ length: 5 }, (_, index) => issueScimToken(org.owner.ctx, { name: `T${String(index)}` })),
    )
    expect(ended.filter(each => each.status === 'fulfilled')).toHaveLength(1)
    expect(await org.scim.db.scimToken.count({ where: { orgId: org.orgId } })).toBe(2)
  })

  it('revoked is revoked, once in the log', async () => {
    const { id, secret } = org.scimToken
    await revokeScimToken(org.owner.ctx, { tokenId: id })
    await revokeScimToken(org.owner.ctx, { tokenId: id })
    expect(await faultOf(secret)).toBe('revoked')
    expect(await eventTypes()).toEqual(['scim_token.issued', 'scim_token.revoked'])
  })

  it('trust T15: its last use is written at most every five minutes', async () => {
    const use = (client: string) => ({
      via: 'scim-token' as const,
      tokenId: org.scimToken.id,
      at: clock.now(),
      ip: '192.0.2.9',
      client,
    })
    const last = async () =>
      (await org.scim.db.scimToken.findFirst({ where: { orgId: org.orgId } }))?.lastUsedClient
    await recordTokenUses(system(), [use('first')])
    clock.advance(4 * minute)
    await recordTokenUses(system(), [use('second')])
    expect(await last()).toBe('first')
    clock.advance(2 * minute)
    await recordTokenUses(system(), [use('third')])
    expect(await last()).toBe('third')
  })

  it('belongs to the organization: it outlives its creator', async () => {
    const admin = await newColleague({ ...org, world }, { role: 'admin' })
    const { secret } = await issueScimToken(admin.ctx, { name: 'Of the admin' })
    await deleteUser(org.scim, { userId: admin.userId, graceDays: 0 })
    expect(await faultOf(secret)).toBeNull()
  })
})

describe('a rotation', () => {
  const rotate = (oldEnds: 'now' | '24-hours' | '7-days' | 'first-use') =>
    rotateScimToken(org.owner.ctx, { tokenId: org.scimToken.id, name: 'Next', oldEnds })

  it.each([
    ['now', 0],
    ['24-hours', day],
    ['7-days', 7 * day],
  ] as const)('trust T13: with overlap %s both work until then', async (oldEnds, overlap) => {
    const next = await rotate(oldEnds)
    if (overlap > 0) {
      clock.advance(overlap - 1)
      expect(await faultOf(org.scimToken.secret)).toBeNull()
      clock.advance(1)
    }
    expect(await faultOf(org.scimToken.secret)).toBe('expired')
    expect(await faultOf(next.secret)).toBeNull()
    expect(await eventTypes()).toEqual(['scim_token.issued', 'scim_token.rotated'])
  })

  it('trust T13: with overlap first-use the old one ends when the new one is used', async () => {
    const next = await rotate('first-use')
    clock.advance(30 * day)
    expect(await faultOf(org.scimToken.secret)).toBeNull()
    expect(await faultOf(next.secret)).toBeNull()
    expect(await faultOf(org.scimToken.secret)).toBe('expired')
  })

  it('needs a live token, and room for a second one', async () => {
    await rotate('7-days')
    await expect(rotate('now')).rejects.toMatchObject({ code: 'scim-tokens/too-many' })
    clock.advance(8 * day)
    await proveAgain(org.owner.ctx)
    await expect(rotate('now')).rejects.toMatchObject({ code: 'scim-tokens/not-live' })
  })
})

describe('an API key', () => {
  const actorOf = (bearer: string) =>
    authenticateApiKey(world.installationFor(org.owner.actor), { bearer, origin: testOrigin })

  it('knows its organization and scopes', async () => {
    const { secret } = await createApiKey(org.admin.ctx, { name: 'Reader', scopes: ['read'] })
    expect(await actorOf(secret)).toMatchObject({
      kind: 'api-key',
      orgId: org.orgId,
      name: 'Reader',
      scopes: ['read'],
    })
    expect(await actorOf(org.scimToken.secret)).toBeNull()
    expect(await actorOf(`${secret.slice(0, -1)}_`)).toBeNull()
  })

  it('ends at its date and when it is revoked', async () => {
    const short = await createApiKey(org.admin.ctx, {
      name: 'Short',
      scopes: ['read'],
      expiresAt: new Date(clock.now().getTime() + minute),
    })
    expect(await actorOf(short.secret)).not.toBeNull()
    clock.advance(minute)
    expect(await actorOf(short.secret)).toBeNull()
    await revokeApiKey(org.admin.ctx, { keyId: org.apiKey.id })
    expect(await actorOf(org.apiKey.secret)).toBeNull()
  })

  it.each(['deactivated', 'deleted', 'demoted'] as const)(
    'trust T22: dies when its creator is %s',
    async how => {
      const admin = await newColleague({ ...org, world }, { role: 'admin' })
      const { secret } = await createApiKey(admin.ctx, { name: 'Key', scopes: ['read'] })
      expect(await actorOf(secret)).not.toBeNull()
      const { userId } = admin
      if (how === 'deleted') await deleteUser(org.scim, { userId, graceDays: 7 })
      if (how === 'demoted') await changeUserRole(org.owner.ctx, { userId, role: 'user' })
      if (how === 'deactivated') {
        await reviseUser(org.scim, {
          userId,
          settings: provisioningSettings({}),
          revise: current => ({ ...current, active: false }),
        })
      }
      expect(await actorOf(secret)).toBeNull()
    },
  )
})
