// Subscriptions over a real socket: greeting, limits, resume, and the end of lost access.
import Fastify, { type FastifyInstance } from 'fastify'
import { createClient } from 'graphql-ws'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import { readLogHead } from '#server/domain/provisioning-log/read-log.sql.ts'
import { printCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import { changeUserRole } from '#server/domain/users/change-user-role.ts'
import { graphqlSockets } from '#server/http/graphql-ws.ts'
import { socketLimits, type SocketLimits } from '#server/http/socket-limits.ts'
import type { World } from '#server/world.ts'
import { graphqlDoor, publicUrl } from '#test/support/graphql-client.ts'
import {
  makeWorld,
  newColleague,
  newOrganization,
  newPerson,
  type TestOrganization,
} from '#test/support/make-world.ts'
import { Peer } from './peer.ts'

let world: World
let org: TestOrganization
const apps: FastifyInstance[] = []

beforeAll(async () => {
  world = await makeWorld()
  org = await newOrganization(world)
})

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

/** A listening host with only the sockets on it; answers its address. */
async function listen(limits: Partial<SocketLimits> = {}): Promise<string> {
  const app = Fastify()
  apps.push(app)
  await app.register(graphqlSockets(graphqlDoor(world), { ...socketLimits, recheckEvery: 50, ...limits }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `ws://127.0.0.1:${String((app.server.address() as AddressInfo).port)}/graphql`
}

const key = () => ({ authorization: `Bearer ${org.apiKey.secret}` })
const stream =
  'subscription ($after: String) { provisioningEvents(after: $after) { cursor event { subjectName } } }'
const endOfLog = async () => printCursor(await readLogHead(org.scim.sql, 'events'))

describe('a socket', () => {
  it('carries a stream for an API key, and a query beside it', async () => {
    const peer = await new Peer(await listen()).open(key())
    await peer.hear('connection_ack')
    peer.subscribe('1', stream, { after: await endOfLog() })
    peer.subscribe('2', '{ viewer { kind } }')
    expect(await peer.hear('next')).toMatchObject({
      id: '2',
      payload: { data: { viewer: { kind: 'API_KEY' } } },
    })
    await newPerson(org.scim, { displayName: 'Ada' })
    expect(await peer.hear('next')).toMatchObject({
      id: '1',
      payload: { data: { provisioningEvents: { event: { subjectName: 'Ada' } } } },
    })
    peer.socket.close()
  })

  it('goes on without gap or repetition when a client comes back with its last cursor (G36)', async () => {
    const url = await listen()
    const names: string[] = []
    let last = await endOfLog()
    const client = createClient({
      url,
      webSocketImpl: WebSocket,
      connectionParams: key,
      retryAttempts: 5,
      retryWait: () => Promise.resolve(),
    })
    const payload = {
      query: stream,
      get variables() {
        return { after: last }
      },
    }
    const sockets = new Set<WebSocket>()
    client.on('opened', socket => sockets.add(socket as WebSocket))
    const everything = new Promise<void>((resolve, reject) => {
      client.subscribe<{ provisioningEvents: { cursor: string; event: { subjectName: string } } }>(payload, {
        next: ({ data }) => {
          if (!data) return
          last = data.provisioningEvents.cursor
          names.push(data.provisioningEvents.event.subjectName)
          for (const socket of sockets) socket.terminate()
          if (names.length === 4) resolve()
        },
        error: reject,
        complete: () => undefined,
      })
    })
    for (const displayName of ['One', 'Two', 'Three', 'Four']) await newPerson(org.scim, { displayName })
    await everything
    expect(names).toEqual(['One', 'Two', 'Three', 'Four'])
    await client.dispose()
  })

  it('takes the cookie of a page of our own only (G31)', async () => {
    const url = await listen()
    const cookie = { cookie: `sid=${org.admin.cookie}` }
    const own = await new Peer(url, { ...cookie, origin: publicUrl }).open()
    await own.hear('connection_ack')
    own.socket.close()
    expect(await new Peer(url, { ...cookie, origin: 'https://evil.example' }).closed).toBe(403)
    expect(await (await new Peer(url, cookie).open()).closed).toBe(4403)
  })

  it.each<[string, object | undefined, number]>([
    ['says nothing about who it is', undefined, 4403],
    ['shows a wrong key (G29)', { authorization: 'Bearer rc_key_x' }, 4403],
  ])('that %s is closed', async (_what, payload, code) => {
    expect(await (await new Peer(await listen()).open(payload)).closed).toBe(code)
  })

  it('without greeting is closed (G28)', async () => {
    expect(await new Peer(await listen({ initWithin: 50 })).closed).toBe(4408)
  })

  it('with a huge message is closed (G30)', async () => {
    const peer = await new Peer(await listen()).open(key())
    peer.say({ type: 'ping', payload: { text: 'x'.repeat(100_000) } })
    expect(await peer.closed).toBe(1009)
  })

  it('too many of a caller is closed (G33)', async () => {
    const url = await listen({ perCaller: 1 })
    const first = await new Peer(url).open(key())
    await first.hear('connection_ack')
    expect(await (await new Peer(url).open(key())).closed).toBe(4429)
    first.socket.close()
  })

  it('too many of a session or a key is closed, whatever else stands in its headers (G33)', async () => {
    const url = await listen({ perCaller: 1 })
    const origin = publicUrl
    for (const [one, other] of [
      [`sid=${org.owner.cookie}`, `x=1; sid=${org.owner.cookie}; y=2`],
      [`Bearer ${org.apiKey.secret}`, `bearer   ${org.apiKey.secret}`],
    ] as const) {
      const open = (shown: string) =>
        shown.includes('sid=')
          ? new Peer(url, { origin, cookie: shown }).open()
          : new Peer(url).open({ authorization: shown })
      const first = await open(one)
      await first.hear('connection_ack')
      expect(await (await open(other)).closed).toBe(4429)
      first.socket.close()
    }
    const colleague = await new Peer(url, { origin, cookie: `sid=${org.admin.cookie}` }).open()
    await colleague.hear('connection_ack')
    colleague.socket.close()
  })

  it('at another path finds nothing', async () => {
    expect(await new Peer((await listen()).replace('/graphql', '/other')).closed).toBe(404)
  })

  it('stays open with its streams when an operation is refused (G27, G32)', async () => {
    const peer = await new Peer(await listen({ operations: 2 })).open(key())
    await peer.hear('connection_ack')
    peer.subscribe('stream', stream, { after: await endOfLog() })
    const deep = `{ organization { scimTokens ${'{ replacedBy '.repeat(10)} { id } ${'}'.repeat(10)} } }`
    const refused = [
      '{ syntax',
      '{ nothing }',
      deep,
      '{ organization { users(first: 500) { nodes { provisioningEvents(first: 500) { totalCount } } } } }',
    ]
    for (const [index, query] of refused.entries()) {
      peer.subscribe(String(index), query)
      const type = query.includes('500') ? 'next' : 'error'
      expect(await peer.hear(type)).toMatchObject({ id: String(index) })
      if (type === 'next') await peer.hear('complete')
    }
    peer.subscribe('second', stream)
    peer.subscribe('third', stream)
    expect(await peer.hear('error')).toMatchObject({
      id: 'third',
      payload: [{ message: 'Run at most 2 operations at a time on one connection.' }],
    })
    await newPerson(org.scim, { displayName: 'Still here' })
    expect(await peer.hear('next')).toMatchObject({
      payload: { data: { provisioningEvents: { event: { subjectName: 'Still here' } } } },
    })
    peer.socket.close()
  })

  it('trust T12: is closed when its key is revoked, by the ring of that change', async () => {
    const mine = await newOrganization(world)
    const url = await listen({ recheckEvery: 3_600_000 })
    const peer = await new Peer(url).open({ authorization: `Bearer ${mine.apiKey.secret}` })
    await peer.hear('connection_ack')
    await revokeApiKey(mine.owner.ctx, { keyId: mine.apiKey.id })
    expect(await peer.closed).toBe(4403)
  })

  it('trust T12: is closed within 15 seconds also when no ring comes, as from a server whose Redis is away', async () => {
    expect(socketLimits.recheckEvery).toBeLessThanOrEqual(15_000)
    const mine = await newOrganization(world)
    const peer = await new Peer(await listen()).open({ authorization: `Bearer ${mine.apiKey.secret}` })
    await peer.hear('connection_ack')
    const elsewhere = (await makeWorld()).contextFor(mine.orgId, mine.owner.actor)
    await revokeApiKey(elsewhere, { keyId: mine.apiKey.id })
    expect(await peer.closed).toBe(4403)
  })

  // Here each delivery looks; a running server remembers a look for a second at most.
  it('trust T12: carries no event from after the revocation, because it looks before it delivers', async () => {
    const mine = await newOrganization(world)
    const url = await listen({ recheckEvery: 3_600_000 })
    const peer = await new Peer(url).open({ authorization: `Bearer ${mine.apiKey.secret}` })
    await peer.hear('connection_ack')
    const after = printCursor(await readLogHead(mine.scim.sql, 'events'))
    peer.subscribe('stream', stream, { after })
    const heard: string[] = []
    peer.socket.on('message', data => heard.push((data as Buffer).toString()))
    await newPerson(mine.scim, { displayName: 'In time' })
    await peer.hear('next')
    await revokeApiKey((await makeWorld()).contextFor(mine.orgId, mine.owner.actor), {
      keyId: mine.apiKey.id,
    })
    await newPerson(mine.scim, { displayName: 'Too late' })
    expect(await peer.closed).toBe(4403)
    expect(heard.join()).toContain('In time')
    expect(heard.join()).not.toContain('Too late')
  })

  it('is closed for a fresh start when the rights change', async () => {
    const place = { ...org, world }
    const { cookie, userId } = await newColleague(place, { role: 'admin' })
    const peer = await new Peer(await listen(), { cookie: `sid=${cookie}`, origin: publicUrl }).open()
    await peer.hear('connection_ack')
    await changeUserRole(org.owner.ctx, { userId, role: 'user' })
    expect(await peer.closed).toBe(1012)
  })

  it('is told to come back when the host stops', async () => {
    const peer = await new Peer(await listen()).open(key())
    await peer.hear('connection_ack')
    await apps[0]?.close()
    expect(await peer.closed).toBe(1012)
  })
})
