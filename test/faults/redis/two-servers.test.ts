// Two server processes with one Redis: they wake each other, count a token's calls together, and outlive the Redis.
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { urn } from '#server/scim/index.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { tcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts'
import { newInstallationWithOrganization } from '../installation.ts'
import { inParallel, scimClient, type ScimClient } from '../scim-client.ts'

/** Calls a second that a token may send in the long run; twice as many within two seconds. */
const rate = 10

let network: TcpProxy
let redis: Redis
let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let servers: ServerProcess[]
let clients: ScimClient[]
beforeAll(async () => {
  const direct = new URL(process.env['TEST_REDIS_URL'] ?? '')
  redis = new Redis(direct.href)
  network = await tcpProxy(direct.hostname, Number(direct.port))
  installation = await newInstallationWithOrganization()
  const env = {
    ...installation.env,
    REDIS_URL: `redis://127.0.0.1:${network.port}`,
    SCIM_RATE: String(rate),
    LOG_LEVEL: 'fatal',
  }
  servers = await Promise.all([startServer({ env }), startServer({ env })])
  clients = servers.map(({ url }) => scimClient(url, installation.org))
})
afterAll(async () => {
  await Promise.all(servers.map(server => server.stop('SIGKILL')))
  await network.close()
  await redis.quit()
})
/** Everybody starts with an empty account. */
beforeEach(async () => {
  network.weather = 'fair'
  await redis.flushall()
})

/** The statuses of `count` calls, sent to both servers at once. */
async function statusesOf(count: number): Promise<number[]> {
  const statuses: number[] = []
  await inParallel(Array.from({ length: count }).keys(), count, async index => {
    statuses.push((await clients[index % 2]?.get('/Users?count=0'))?.status ?? 0)
  })
  return statuses
}

const people = (count: number, name: string): unknown[] =>
  Array.from({ length: count }, (_none, index) => ({
    method: 'POST',
    path: '/Users',
    bulkId: `${name}-${index}`,
    data: { schemas: [urn.user], userName: `${name}-${index}@example.com` },
  }))

test('a change through one rings the bell that the other hears', async () => {
  const hearer = redis.duplicate()
  await hearer.subscribe('rollcall_bell')
  const rung = new Promise(resolve =>
    hearer.once('message', (_channel, orgId) => {
      resolve(orgId)
    }),
  )
  await clients[0]?.create({ userName: 'bell@example.com' })
  expect(await rung).toBe(installation.org.orgId)
  await hearer.quit()
})

test('the calls of a token are counted together', async () => {
  const statuses = await statusesOf(4 * rate)
  expect(statuses.filter(status => status === 200)).toHaveLength(2 * rate)
  expect(statuses.filter(status => status === 429)).toHaveLength(2 * rate)
})

test('B10: what a Bulk at one owes is asked for by the other, and no longer than it must', async () => {
  const bulk = await clients[0]?.bulk(people(4 * rate, 'debt'))
  expect(bulk?.status).toBe(200)
  const refused = await clients[1]?.get('/Users?count=0')
  expect(refused?.status).toBe(429)
  expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(3)
})

/** What both answer in turn to `count` sign-ins of the owner with a wrong password. */
async function failedSignIns(count: number): Promise<unknown[]> {
  const { email } = installation.org.owner
  const query = `mutation { signIn(input: { email: "${email}", password: "wrong" }) { ... on Error { code } } }`
  const codes: unknown[] = []
  for (let index = 0; index < count; index += 1) {
    const url = servers[index % 2]?.url ?? ''
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-rollcall': '1', origin: url },
      body: JSON.stringify({ query }),
    })
    const { data } = (await answer.json()) as { data: { signIn: { code: unknown } } }
    codes.push(data.signIn.code)
  }
  return codes
}

test('trust T18: while Redis refuses, everybody is served and sign-ins stay limited; afterwards it counts again', async () => {
  await network.refuse()
  expect(new Set(await statusesOf(4 * rate))).toEqual(new Set([200]))
  expect(await failedSignIns(7)).toEqual([
    ...Array.from({ length: 5 }, () => 'sessions/wrong-credentials'),
    ...Array.from({ length: 2 }, () => 'sessions/too-many-failures'),
  ])
  await network.accept()
  await expect.poll(() => statusesOf(4 * rate), { timeout: 30_000 }).toContain(429)
})

test('trust T18: while Redis says nothing, everybody is served', async () => {
  network.weather = 'silent'
  expect(new Set(await statusesOf(4 * rate))).toEqual(new Set([200]))
})
