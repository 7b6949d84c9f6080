// Two server processes on one PostgreSQL: whoever is asked, there is one truth.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { followFeed } from '../feed-client.ts'
import { graphqlClient } from '../graphql-client.ts'
import { newInstallationWithOrganization } from '../installation.ts'
import { inParallel, scimClient } from '../scim-client.ts'
import { expectSound } from '../soundness.ts'

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let one: ServerProcess
let other: ServerProcess
beforeAll(async () => {
  installation = await newInstallationWithOrganization({ seats: 60 })
  ;[one, other] = await Promise.all([
    startServer({ env: installation.env }),
    startServer({ env: installation.env }),
  ])
})
afterAll(async () => {
  await Promise.all([one.stop('SIGKILL'), other.stop('SIGKILL')])
})

test('a reader at one sees within about a second what happens through the other', async () => {
  const { org } = installation
  const client = scimClient(other.url, org)
  const feed = await followFeed([one.url], org.apiKey.secret)
  await client.create({ userName: 'warm-up@example.com' })
  await feed.until(kept => kept.length > 0)
  const delays: number[] = []
  for (let index = 0; index < 10; index += 1) {
    const { body } = await client.create({ userName: `seen-${index}@example.com` })
    const answered = performance.now()
    await feed.until(kept =>
      kept.some(({ sentence }) => sentence.endsWith(`created ${String(body['userName'])}`)),
    )
    delays.push(performance.now() - answered)
  }
  expect(Math.max(...delays), delays.map(Math.round).join(', ')).toBeLessThan(1_500)
  await feed.close()
})

test('a reader that goes from one to the other and back misses nothing', { timeout: 120_000 }, async () => {
  const { org } = installation
  const clients = [scimClient(one.url, org), scimClient(other.url, org)]
  const id = (await clients[0]?.create({ userName: 'walker@example.com' }))?.body['id'] as string
  const feed = await followFeed([one.url, other.url], org.apiKey.secret)
  await clients[0]?.replace(id, { title: 'Start' })
  await feed.until(kept => kept.length > 0)
  const from = feed.kept[0]?.sequence ?? 0
  await inParallel(Array.from({ length: 500 }).keys(), 8, async index => {
    if (index % 50 === 25) feed.cut()
    await clients[index % 2]?.replace(id, { title: `Title ${index}` })
  })
  await feed.until(kept => kept.length >= 501)
  expect(feed.kept.map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 501 }, (_none, index) => from + index),
  )
  expect(feed.connections()).toBeGreaterThan(5)
  await feed.close()
})

test('seats and names are exact across both', async () => {
  const { org } = installation
  const answers: number[] = []
  await inParallel(Array.from({ length: 160 }).keys(), 40, async index => {
    const client = scimClient(index % 2 === 0 ? one.url : other.url, org)
    answers.push((await client.create({ userName: `seat-${Math.floor(index / 2)}@example.com` })).status)
  })
  const { body } = await scimClient(one.url, org).get('/Users?count=0')
  expect(body['totalResults']).toBe(60)
  expect([...new Set(answers)].sort()).toEqual([201, 403, 409])
  await installation.inside(world => expectSound(world, org.orgId))
})

test('trust T11: a token that is revoked at one is refused by the other at once', async () => {
  const { org } = installation
  const client = scimClient(other.url, org)
  expect((await client.get('/Users?count=1')).status).toBe(200)
  const admin = graphqlClient(one.url, org.apiKey.secret)
  const { organization } = await admin<{ organization: { scimTokens: { id: string; state: string }[] } }>(
    '{ organization { scimTokens { id state } } }',
  )
  const token = organization.scimTokens.find(({ state }) => state !== 'REVOKED')
  await admin('mutation ($id: ID!) { revokeScimToken(input: { id: $id }) { __typename } }', { id: token?.id })
  expect((await client.get('/Users?count=1')).status).toBe(401)
})

test('an API key that is revoked by another process is refused at once', async () => {
  const { org } = installation
  const there = graphqlClient(other.url, org.apiKey.secret)
  await there('{ organization { name } }')
  await installation.inside(world =>
    revokeApiKey(world.contextFor(org.orgId, org.owner.actor), { keyId: org.apiKey.id }),
  )
  await expect(there('{ organization { name } }')).rejects.toThrow('401')
})
