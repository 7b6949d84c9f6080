// The first start of an installation: one organization and one link, however many servers start at the same moment.
import { expect, test } from 'vitest'
import { prepareFirstStart } from '#server/domain/organizations/prepare-first-start.ts'
import { completeSetup } from '#server/domain/setup-links/complete-setup.ts'
import { systemActor } from '#server/housekeeping.ts'
import { buildWorld } from '#server/world.ts'
import { freshDatabase } from '#test/support/database.ts'

test('S77: of six servers that start at once on an empty database one tells a link, and it makes one owner', async () => {
  const database = await freshDatabase()
  const servers = Array.from({ length: 6 }, () => buildWorld(database).installationFor(systemActor))
  const secrets = await Promise.all(servers.map(server => prepareFirstStart(server)))
  const told = secrets.filter(secret => secret !== null)
  expect(told).toHaveLength(1)
  expect(await database.prisma.organization.count()).toBe(1)
  const input = { organizationName: 'Acme', ownerName: 'Ada', password: 'a long sentence for tests 42' }
  const claims = servers.map((server, index) =>
    completeSetup(server, { ...input, secret: told[0] ?? '', email: `ada-${String(index)}@example.com` }),
  )
  const ended = await Promise.allSettled(claims)
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await database.prisma.user.count({ where: { role: 'owner' } })).toBe(1)
  for (const server of servers) expect(await prepareFirstStart(server)).toBeNull()
  await database.close()
})
