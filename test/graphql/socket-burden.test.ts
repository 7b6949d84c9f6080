// What sockets may cost the server: their number in an organization, and what waits for a reader that does not read.
import Fastify from 'fastify'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { graphqlSockets } from '#server/http/graphql-ws.ts'
import { socketLimits, type SocketLimits } from '#server/http/socket-limits.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, newPerson, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let org: TestOrganization
const ends: (() => Promise<void>)[] = []

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
})

afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

/** A listening host with only the sockets on it, and its own ends of the connections. */
async function listen(limits: Partial<SocketLimits>): Promise<{ url: string; accepted: Socket[] }> {
  const app = Fastify()
  const accepted: Socket[] = []
  app.server.on('connection', socket => accepted.push(socket))
  await app.register(graphqlSockets(graphqlDoor(world), { ...socketLimits, ...limits }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  ends.push(() => app.close())
  return { url: `ws://127.0.0.1:${String((app.server.address() as AddressInfo).port)}/graphql`, accepted }
}

/** Connects and greets; resolves to `ack`, or to the code by which the server closes. */
function greet(url: string, of: TestOrganization): { socket: WebSocket; met: Promise<'ack' | number> } {
  const socket = new WebSocket(url, 'graphql-transport-ws')
  const met = new Promise<'ack' | number>(resolve => {
    socket.once('message', () => {
      resolve('ack')
    })
    socket.once('close', resolve)
  })
  socket.once('open', () => {
    const payload = { authorization: `Bearer ${of.apiKey.secret}` }
    socket.send(JSON.stringify({ type: 'connection_init', payload }))
  })
  return { socket, met }
}

describe('an organization', () => {
  it('has 200 sockets at most, whoever opens them, and takes none from others (G33)', async () => {
    expect(socketLimits.perOrganization).toBe(200)
    const { url } = await listen({ perCaller: 1_000 })
    const peers = Array.from({ length: 200 }, () => greet(url, org))
    expect(new Set(await Promise.all(peers.map(({ met }) => met)))).toEqual(new Set(['ack']))
    expect(await greet(url, org).met).toBe(4429)
    const other = await newOrganization(world)
    expect(await greet(url, other).met).toBe('ack')
    const [first] = peers
    const left = new Promise(resolve => first?.socket.once('close', resolve))
    first?.socket.close()
    await left
    expect(await greet(url, org).met).toBe('ack')
  })
})

describe('a client that never reads (G34)', () => {
  it('is cut off, and at no time more waits for it than the limit and one answer', async () => {
    await newPerson(org.scim, { title: 'x'.repeat(100_000) })
    const { url, accepted } = await listen({})
    const { socket, met } = greet(url, org)
    expect(await met).toBe('ack')
    const [own] = accepted
    const cut = new Promise<void>(resolve => own?.once('close', resolve))
    let most = 0
    const watch = (): void => {
      most = Math.max(most, own?.writableLength ?? 0)
      if (own?.destroyed === false) setImmediate(watch)
    }
    watch()
    socket.pause()
    // The operating system buffers some megabytes, so it takes many answers until any of them waits here.
    const query = '{ organization { users(first: 100) { nodes { title scim } } } }'
    const answer = 250_000
    // One after the other, or the limit of operations at once would end the socket first.
    const isOpen = (): boolean => own?.destroyed === false
    const written = (): number => own?.bytesWritten ?? 0
    for (let id = 0; isOpen(); id += 1) {
      const answered = written() + answer / 2
      socket.send(JSON.stringify({ type: 'subscribe', id: String(id), payload: { query } }))
      while (isOpen() && written() < answered) await new Promise(resolve => setImmediate(resolve))
    }
    await cut
    expect(most).toBeGreaterThan(socketLimits.unsentBytes)
    expect(most).toBeLessThan(socketLimits.unsentBytes + socketLimits.operations * answer)
    socket.terminate()
  })
})
