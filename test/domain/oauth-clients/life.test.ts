// What the server does by itself with OAuth clients: tells of ended secrets once, writes last uses now and then.
import { beforeAll, describe, expect, it } from 'vitest'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { recordClientUses } from '#server/domain/oauth-clients/record-client-uses.ts'
import { recordExpiredSecrets } from '#server/domain/oauth-clients/record-expired-secrets.ts'
import { revokeOauthClient } from '#server/domain/oauth-clients/revoke-oauth-client.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, minute, type FakeClock } from '#test/support/fake-clock.ts'
import {
  proveAgain,
  makeWorld,
  newOrganization,
  testOrigin,
  type TestOrganization,
} from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let org: TestOrganization
beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  org = await newOrganization(world)
})
const system = () => world.contextFor(org.orgId, { kind: 'system', name: 'Rollcall', origin: testOrigin })
const newClient = async () => {
  await proveAgain(org.owner.ctx)
  return createOauthClient(org.owner.ctx, { name: 'Entra', authentication: 'client_secret' })
}

describe('a secret', () => {
  it.each([
    ['now', 0],
    ['24-hours', day],
    ['7-days', 7 * day],
    ['keep', 365 * day],
  ] as const)('trust T13: of a rotation with overlap %s ends then', async (oldEnds, after) => {
    const { clientId } = await newClient()
    await rotateOauthClientSecret(org.owner.ctx, { clientId, oldEnds, expiresIn: '2-years' })
    const old = await org.scim.db.oauthClientSecret.findFirst({
      where: { orgId: org.orgId, clientId },
      orderBy: { id: 'asc' },
    })
    expect(old?.expiresAt).toEqual(new Date(clock.now().getTime() + after))
  })

  it('trust T14: is one of two at most, also when five are asked for at once', async () => {
    const { clientId } = await newClient()
    const ended = await Promise.allSettled(
      Array.from({ length: 5 }, () => rotateOauthClientSecret(org.owner.ctx, { clientId, oldEnds: 'keep' })),
    )
    expect(ended.filter(each => each.status === 'fulfilled')).toHaveLength(1)
  })

  it('that ended is told to the log once, unless its client is revoked', async () => {
    const [{ clientId: gone }] = [await newClient(), await newClient()]
    await revokeOauthClient(org.owner.ctx, { clientId: gone })
    clock.advance(3 * 365 * day)
    const due = await org.scim.db.oauthClientSecret.count({
      where: { orgId: org.orgId, clientId: { not: gone } },
    })
    await Promise.all([recordExpiredSecrets(system()), recordExpiredSecrets(system())])
    await recordExpiredSecrets(system())
    const told = await org.scim.db.provisioningEvent.count({
      where: { orgId: org.orgId, type: 'oauth_client.secret_expired' },
    })
    expect(told).toBe(due)
  })
})

it('trust T15: the last use of a client is written at most every five minutes', async () => {
  const { clientId } = await newClient()
  const use = (client: string) =>
    recordClientUses(system(), [
      { via: 'oauth-client', tokenId: clientId, at: clock.now(), ip: '192.0.2.9', client },
    ])
  const last = async () => {
    const key = { orgId: org.orgId, id: clientId }
    return (await org.scim.db.oauthClient.findUnique({ where: { orgId_id: key } }))?.lastUsedClient
  }
  await use('first')
  clock.advance(4 * minute)
  await use('second')
  expect(await last()).toBe('first')
  clock.advance(2 * minute)
  await use('third')
  expect(await last()).toBe('third')
})
