// PostgreSQL goes away under a running server: callers are told to come again, and everything heals by itself.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '#server/db/open.ts'
import { onServer, serverUrl } from '#test/support/postgresql-server.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { tcpProxy, type TcpProxy } from '#test/support/tcp-proxy.ts'
import { newInstallationWithOrganization } from '../installation.ts'
import { scimClient, type Answered, type ScimClient } from '../scim-client.ts'
import { expectSound } from '../soundness.ts'

let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let network: TcpProxy
let server: ServerProcess
let client: ScimClient
let database: string
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
  const direct = new URL(installation.env['DATABASE_URL'] ?? '')
  database = direct.pathname.slice(1)
  network = await tcpProxy(direct.hostname, Number(direct.port === '' ? 5_432 : direct.port))
  const through = new URL(direct)
  through.hostname = '127.0.0.1'
  through.port = String(network.port)
  server = await startServer({ env: { DATABASE_URL: through.href, LOG_LEVEL: 'fatal' } })
  client = scimClient(server.url, installation.org)
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await network.close()
})
beforeEach(async () => {
  network.weather = 'fair'
  await recovered()
})

let made = 0
const create = (): Promise<Answered> => {
  made += 1
  return client.create({ userName: `outage-${made}@example.com` })
}

/** Asks until an answer is 200; fails after ten seconds. */
async function recovered(): Promise<number> {
  const began = performance.now()
  for (;;) {
    const answer = await client.get('/Users?count=1')
    const took = performance.now() - began
    if (answer.status === 200) return took
    expectComeAgain(answer)
    expect(took).toBeLessThan(10_000)
  }
}

function expectComeAgain({ status, headers, body }: Answered): void {
  expect(status).toBe(503)
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  expect(body['detail']).toMatch(/Try again/)
}

test('refused connections are 503 with Retry-After, and health tells', async () => {
  await network.refuse()
  for (const answer of await Promise.all([create(), create(), client.get('/Users?count=1')]))
    expectComeAgain(answer)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  await network.accept()
  expect(await recovered()).toBeLessThan(5_000)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
})

test('connections that break in the middle are 503 or answered, never anything else', async () => {
  const work = Array.from({ length: 40 }, create)
  network.reset()
  for (const answer of await Promise.all(work)) if (answer.status !== 201) expectComeAgain(answer)
  expect((await create()).status).toBe(201)
})

test('backends that the administrator ends are replaced', async () => {
  await Promise.all(Array.from({ length: 10 }, create))
  await onServer(serverUrl ?? '', admin =>
    admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database]),
  )
  expect(await recovered()).toBeLessThan(5_000)
  expect((await create()).status).toBe(201)
})

test(
  'a network that swallows everything hangs nobody for longer than 16 seconds',
  { timeout: 90_000 },
  async () => {
    network.weather = 'silent'
    const began = performance.now()
    const answers = await Promise.all([create(), create(), client.get('/Users?count=1')])
    expect(performance.now() - began).toBeLessThan(17_000)
    for (const answer of answers) expectComeAgain(answer)
    network.weather = 'fair'
    expect(await recovered()).toBeLessThan(10_000)
  },
)

test('afterwards the process is the same and its rows are sound', async () => {
  expect(server.output()).not.toMatch(/unhandled|uncaught/i)
  expect((await server.stop()).code).toBe(0)
  const direct = await openDatabase({ url: installation.env['DATABASE_URL'] })
  await direct.close()
  await installation.inside(world => expectSound(world, installation.org.orgId))
})
