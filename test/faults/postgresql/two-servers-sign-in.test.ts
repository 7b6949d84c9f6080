// Signing in and being shut out where two server processes share one PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createClient } from 'graphql-ws'
import { inflateRawSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { revokeApiKey } from '#server/domain/api-keys/revoke-api-key.ts'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { startServer, type ServerProcess } from '#test/support/server-process.ts'
import { newPerson, type TestOrganization } from '#test/support/make-world.ts'
import { encoded, honest, responseXml, signed } from '#test/support/saml-pen.ts'
import { userNameOf } from '#server/domain/users/rules/user.ts'
import { details, idp, idpEntity } from '#test/saml/http/browser.ts'
import { graphqlClient } from '../graphql-client.ts'
import { newInstallationWithOrganization } from '../installation.ts'
import { inParallel, scimClient } from '../scim-client.ts'

const publicUrl = 'http://rollcall.test'
let installation: Awaited<ReturnType<typeof newInstallationWithOrganization>>
let org: TestOrganization
let one: ServerProcess
let other: ServerProcess
beforeAll(async () => {
  installation = await newInstallationWithOrganization()
  org = installation.org
  await installation.inside(async world => {
    const owner = world.contextFor(org.orgId, org.owner.actor)
    await configureSso(owner, details())
    await owner.db.ssoConnection.update({ where: { orgId: org.orgId }, data: { status: 'tested' } })
  })
  const env = { ...installation.env, PUBLIC_URL: publicUrl }
  ;[one, other] = await Promise.all([startServer({ env }), startServer({ env })])
})
afterAll(async () => {
  await Promise.all([one.stop('SIGKILL'), other.stop('SIGKILL')])
})

interface Begun {
  readonly cookie: string
  readonly response: string
}

const walk = (url: string, cookie: string, form?: Record<string, string>) =>
  fetch(url, {
    redirect: 'manual',
    headers: { cookie },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  })

/** A sign-in that a browser began at a server, and what the identity provider answers. */
async function begin(server: ServerProcess, nameId: string): Promise<Begun> {
  const answer = await walk(`${server.url}/saml/${org.orgId}/login`, '')
  const query = new URL(answer.headers.get('location') ?? '').searchParams
  const xml = inflateRawSync(Buffer.from(query.get('SAMLRequest') ?? '', 'base64')).toString('utf8')
  const inResponseTo = / ID="([^"]+)"/.exec(xml)?.[1] ?? ''
  const place = { ...ssoAddresses(publicUrl, org.orgId), issuer: idpEntity, now: new Date() }
  const said = honest({ ...place, inResponseTo, nameId })
  return {
    cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '',
    response: encoded(signed(responseXml(said), { by: idp })),
  }
}

const send = (server: ServerProcess, { response }: Begun) =>
  walk(`${server.url}/saml/${org.orgId}/acs`, '', { SAMLResponse: response })

/** The session cookie, after the browser went from the handle to the session at a server. */
async function finish(server: ServerProcess, begun: Begun, sent: Response): Promise<string> {
  const location = (sent.headers.get('location') ?? '').replace(publicUrl, server.url)
  const done = await walk(location, begun.cookie)
  const cookie = done.headers.getSetCookie().find(each => each.startsWith('sid='))
  return cookie?.split(';')[0] ?? ''
}

async function whoIs(server: ServerProcess, cookie: string): Promise<string | null> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', 'x-rollcall': '1', origin: publicUrl },
    body: JSON.stringify({ query: '{ viewer { kind user { displayName } } }' }),
  })
  const { data } = (await answer.json()) as { data: { viewer: { user: { displayName: string } | null } } }
  return data.viewer.user?.displayName ?? null
}

interface Socket {
  /** Code, and milliseconds of `performance.now` at which it was closed. */
  readonly closed: Promise<{ code: number; at: number }>
}

/** A live feed at a server, as the console or a program holds it open. */
async function openSocket(
  server: ServerProcess,
  shown: { cookie: string } | { authorization: string },
): Promise<Socket> {
  const headers = { origin: publicUrl, ...('cookie' in shown ? shown : {}) }
  class Authenticated extends WebSocket {
    constructor(url: string, protocols: string) {
      super(url, protocols, { headers })
    }
  }
  const client = createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: Authenticated,
    lazy: false,
    retryAttempts: 0,
    ...('authorization' in shown ? { connectionParams: shown } : {}),
    onNonLazyError: () => undefined,
  })
  const closed = new Promise<{ code: number; at: number }>(resolve => {
    client.on('closed', event => {
      resolve({ code: (event as { code: number }).code, at: performance.now() })
    })
  })
  await new Promise(resolve => client.on('connected', resolve))
  return { closed }
}

describe('an answer of the identity provider', () => {
  test('S52: that comes to both at the same moment makes exactly one session', async () => {
    for (let round = 0; round < 5; round += 1) {
      const begun = await begin(round % 2 === 0 ? one : other, org.admin.email)
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_none, index) => send(index % 2 === 0 ? one : other, begun)),
      )
      const taken = answers.filter(({ status }) => status === 303)
      expect(taken).toHaveLength(1)
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 403]))
      const [sent] = taken
      const cookies =
        sent === undefined ? [] : await Promise.all([finish(one, begun, sent), finish(other, begun, sent)])
      expect(cookies.filter(cookie => cookie !== '')).toHaveLength(1)
    }
  })

  test('begun at one, answered at the other, finished at the first: the session counts at both', async () => {
    const begun = await begin(one, org.admin.email)
    const cookie = await finish(one, begun, await send(other, begun))
    expect(await whoIs(one, cookie)).toBe(org.admin.name)
    expect(await whoIs(other, cookie)).toBe(org.admin.name)
  })
})

/** How long after it was done a socket was closed, in milliseconds. */
async function closedAfter(socket: Socket, done: number): Promise<{ code: number; after: number }> {
  const { code, at } = await socket.closed
  return { code, after: at - done }
}

describe('trust T12: who is shut out through one', () => {
  test('by a deactivation, is refused by the other with the next request, and their socket closes within a second', async () => {
    const { id, name } = await installation.inside(async world => {
      const person = await newPerson(world.contextFor(org.orgId, org.scim.actor))
      const owner = world.contextFor(org.orgId, org.owner.actor)
      await owner.db.user.update({
        where: { orgId_id: { orgId: org.orgId, id: person.id } },
        data: { role: 'admin' },
      })
      return { id: person.id, name: userNameOf(person.document) }
    })
    const begun = await begin(one, name)
    const cookie = await finish(one, begun, await send(one, begun))
    expect(await whoIs(other, cookie)).not.toBeNull()
    const sockets = await Promise.all([openSocket(one, { cookie }), openSocket(other, { cookie })])
    const { status } = await scimClient(one.url, org).replace(id, { active: false })
    const done = performance.now()
    expect(status).toBe(200)
    expect([await whoIs(other, cookie), await whoIs(one, cookie)]).toEqual([null, null])
    const closed = await Promise.all(sockets.map(socket => closedAfter(socket, done)))
    expect(closed.map(({ code }) => code)).toEqual([4403, 4403])
    expect(Math.max(...closed.map(({ after }) => after))).toBeLessThan(1_000)
    const again = await begin(other, name)
    expect((await send(other, again)).status).toBe(403)
  })

  test('by revoking an API key, is refused at once, and their socket closes within a second', async () => {
    const key = await installation.inside(world =>
      createApiKey(world.contextFor(org.orgId, org.owner.actor), { name: 'Reader', scopes: ['read'] }),
    )
    const there = graphqlClient(other.url, key.secret)
    await there('{ organization { name } }')
    const socket = await openSocket(other, { authorization: `Bearer ${key.secret}` })
    const admin = await begin(one, org.admin.email)
    const cookie = await finish(one, admin, await send(one, admin))
    const done = await revokeOverHttp(cookie, key.keyId)
    await expect(there('{ organization { name } }')).rejects.toThrow('401')
    const { code, after } = await closedAfter(socket, done)
    expect(code).toBe(4403)
    expect(after).toBeLessThan(1_000)
  })

  test('trust T11: no request that starts after the revocation is let in, of 2,000', async () => {
    const key = await installation.inside(world =>
      createApiKey(world.contextFor(org.orgId, org.owner.actor), { name: 'Loop', scopes: ['read'] }),
    )
    let revoked = Infinity
    const late: number[] = []
    const answers = { before: 0, after: 0 }
    await inParallel(Array.from({ length: 2_000 }).keys(), 16, async index => {
      if (index === 400) {
        await installation.inside(world =>
          revokeApiKey(world.contextFor(org.orgId, org.owner.actor), { keyId: key.keyId }),
        )
        revoked = performance.now()
      }
      const begun = performance.now()
      const { status } = await fetch(`${other.url}/graphql`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ viewer { kind } }' }),
      })
      answers[begun > revoked ? 'after' : 'before'] += 1
      if (begun > revoked && status !== 401) late.push(status)
    })
    expect(late).toEqual([])
    expect(answers.after).toBeGreaterThan(1_000)
  })
})

/** Through the first server; the moment at which it was done. */
async function revokeOverHttp(cookie: string, keyId: string): Promise<number> {
  const ask = async (query: string, variables: object = {}) => {
    const answer = await fetch(`${one.url}/graphql`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'x-rollcall': '1', origin: publicUrl },
      body: JSON.stringify({ query, variables }),
    })
    return (await answer.json()) as { data: { organization: { apiKeys: { id: string; name: string }[] } } }
  }
  const { data } = await ask('{ organization { apiKeys { id name } } }')
  const id = data.organization.apiKeys.find(({ name }) => name === 'Reader')?.id ?? keyId
  const done = await ask(
    'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { __typename ... on Error { message } } }',
    { id },
  )
  expect(JSON.stringify(done)).toContain('RevokeApiKeyPayload')
  return performance.now()
}
