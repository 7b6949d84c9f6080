// The feed phase: how long from a change to the sockets of its followers, and what a change costs with them.
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { urn } from '#server/scim/index.ts'
import { between, read } from './cpu.ts'
import { exchange } from './http-load.ts'
import type { Measured, PhaseResult } from './measure.ts'

const changes = 60
const giveUpAfter = 5_000
export const socketsOfKey = 5

const query = 'subscription { provisioningEvents { cursor event { sequence type sentence occurredAt } } }'

/**
 * Changes people one after the other while everybody listens. `medianMs` and `p95Ms` run from sending the change to
 * its arrival at a socket, so they include the change itself; CPU is that of one change with all its deliveries.
 */
export async function measureFeed(measured: Measured, subscribers: number): Promise<PhaseResult> {
  const times: number[] = []
  let sentAt = 0
  const url = `${new URL(measured.target.baseUrl).origin.replace('http', 'ws')}/graphql`
  const clients = await Promise.all(
    Array.from({ length: subscribers }, (_, index) =>
      follow({ url, apiKey: measured.apiKeys[Math.floor(index / socketsOfKey)] ?? '' }, () =>
        times.push(performance.now() - sentAt),
      ),
    ),
  )
  const own = measured.pid === null ? [] : [measured.pid]
  const before = read([...own, ...(await measured.backends())])
  const started = performance.now()
  for (let change = 0; change < changes; change += 1) {
    const { id } = measured.population.stored[change % measured.population.stored.length] ?? { id: '' }
    const body = {
      schemas: [urn.patchOp],
      Operations: [
        {
          op: 'Replace',
          path: 'title',
          value: `Title ${measured.run}${String(subscribers)}-${String(change)}`,
        },
      ],
    }
    sentAt = performance.now()
    await exchange(measured.target, { method: 'PATCH', path: `/Users/${id}`, body })
    if (!(await until(() => times.length >= (change + 1) * subscribers))) break
  }
  const seconds = (performance.now() - started) / 1_000
  const used = between(before, read([...own, ...(await measured.backends())]))
  for (const client of clients) await client.dispose()
  times.sort((one, other) => one - other)
  const missing = changes * subscribers - times.length
  return {
    cpuMs: measured.pid === null ? null : used / changes,
    databaseMs: null,
    perSecond: times.length / seconds,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    p95Ms: times[Math.floor(times.length * 0.95)] ?? 0,
    errors: Math.abs(missing),
    firstError: missing === 0 ? null : `${String(missing)} deliveries are missing`,
  }
}

/** Resolves when the subscription stands. */
async function follow(at: { url: string; apiKey: string }, hear: () => void): Promise<Client> {
  const client = createClient({
    url: at.url,
    webSocketImpl: WebSocket,
    lazy: false,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${at.apiKey}` },
  })
  await new Promise<void>((resolve, reject) => {
    client.on('connected', () => {
      resolve()
    })
    client.on('closed', event => {
      reject(new Error(`The socket was closed: ${JSON.stringify(event)}`))
    })
    client.subscribe({ query }, { next: hear, error: reject, complete: resolve })
  })
  await new Promise(resolve => setTimeout(resolve, 50))
  return client
}

/** False when it took too long. */
async function until(done: () => boolean): Promise<boolean> {
  const limit = performance.now() + giveUpAfter
  while (!done() && performance.now() < limit) await new Promise(resolve => setTimeout(resolve, 1))
  return done()
}
