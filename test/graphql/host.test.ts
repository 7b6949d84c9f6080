// The door on its host: the wire, the cookies, and the connection test against the real SCIM door.
import { runInNewContext, Script } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { revokeOauthClient } from '#server/domain/oauth-clients/revoke-oauth-client.ts'
import { rotateScimToken } from '#server/domain/scim-tokens/rotate-scim-token.ts'
import type { Service } from '#server/serve.ts'
import type { World } from '#server/world.ts'
import { makeService, publicUrl } from '#test/support/make-app.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let service: Service
let org: TestOrganization

beforeAll(async () => {
  ;({ world, service } = await makeService())
  org = await newOrganization(world)
})

afterAll(async () => {
  await service.close()
})

async function post(body: unknown, headers: Record<string, string> = {}) {
  const cookie = `__Host-sid=${org.owner.cookie}`
  return service.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', 'x-rollcall': '1', origin: publicUrl, cookie, ...headers },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

describe('POST /graphql', () => {
  it('answers by cookie, uncached', async () => {
    const answer = await post({ query: '{ viewer { kind } }' })
    expect(answer.json()).toEqual({ data: { viewer: { kind: 'PERSON' } } })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('sets a host cookie behind TLS on signing in (H18)', async () => {
    const { email, password } = org.owner
    const answer = await post({
      query: 'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
      variables: { input: { email, password } },
    })
    expect(answer.headers['set-cookie']).toMatch(
      /^__Host-sid=rc_session_\w+; Path=\/; HttpOnly; SameSite=Lax; Secure; Expires=/,
    )
  })

  it.each([
    [
      'a body that is too large',
      JSON.stringify({ query: `{ viewer { kind } } #${'x'.repeat(530_000)}` }),
      {},
      413,
    ],
    ['what is no JSON', '{', {}, 400],
    ['a form', 'query=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a foreign page', '{}', { origin: 'https://evil.example' }, 403],
  ])('refuses %s', async (_what, body, headers, status) => {
    expect((await post(body, headers)).statusCode).toBe(status)
  })

  it('answers nothing to DELETE', async () => {
    expect((await service.app.inject({ method: 'DELETE', url: '/graphql' })).statusCode).toBe(404)
  })
})

describe('a SCIM resource in the API', () => {
  it('is the one that the SCIM door answers', async () => {
    const id = org.admin.userId
    const scim = await service.app.inject({
      method: 'GET',
      url: `/scim/v2/${org.orgId}/Users/${id}`,
      headers: { authorization: `Bearer ${org.scimToken.secret}` },
    })
    const node = Buffer.from(`User:${id}`).toString('base64')
    const api = await post({ query: `{ node(id: "${node}") { ... on User { scim } } }` })
    expect(api.json()).toEqual({ data: { node: { scim: scim.json<unknown>() } } })
  })
})

describe('the page at /graphql', () => {
  const open = (headers: Record<string, string>) =>
    service.app.inject({ method: 'GET', url: '/graphql', headers: { accept: 'text/html', ...headers } })

  it('opens for signed-in people, with nothing inline and nothing from elsewhere', async () => {
    const answer = await open({ cookie: `__Host-sid=${org.owner.cookie}` })
    expect(answer.statusCode).toBe(200)
    const sources = [...answer.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => match[1])
    expect(sources).toEqual(['/graphql/explorer.css', '/graphql/explorer.js'])
    expect(answer.body).not.toMatch(/<style|<script>|\son\w+=/)
    for (const url of sources) {
      const part = await service.app.inject({ method: 'GET', url: url ?? '' })
      expect(part.headers['content-type']).toMatch(/^text\/(css|javascript)/)
    }
  })

  it('sends everybody else to the console', async () => {
    const answer = await open({})
    expect(answer.statusCode).toBe(302)
    expect(answer.headers.location).toBe(`${publicUrl}/`)
  })

  it('runs what is on it', async () => {
    const script = (await service.app.inject({ method: 'GET', url: '/graphql/explorer.js' })).body
    expect(() => new Script(script)).not.toThrow()
    const roots = /const type = [^\n]+\nconst roots = [^\n]+/.exec(script)?.[0] ?? ''
    const query = runInNewContext(`${roots}; roots`) as string
    expect((await post({ query })).json()).toHaveProperty('data.__schema.subscriptionType.fields')
  })
})

interface Tested {
  readonly data: {
    readonly testScimConnection: {
      readonly ok: boolean
      readonly steps: { name: string; ok: boolean; detail: string }[]
    }
  }
}

const test = async (secret: string): Promise<Tested['data']['testScimConnection']> =>
  (
    await post({
      query: `mutation ($secret: String!) { testScimConnection(input: { secret: $secret }) {
        ... on TestScimConnectionPayload { ok steps { name ok detail durationMs } } ... on Error { code } } }`,
      variables: { secret },
    })
  ).json<Tested>().data.testScimConnection

describe('the connection test', () => {
  it('goes through every step and leaves nobody behind', async () => {
    const before = await world.database.prisma.user.count({ where: { orgId: org.orgId } })
    const outcome = await test(org.scimToken.secret)
    expect(outcome.steps.filter(step => !step.ok)).toEqual([])
    expect(outcome.steps).toHaveLength(8)
    expect(outcome.ok).toBe(true)
    expect(await world.database.prisma.user.count({ where: { orgId: org.orgId } })).toBe(before)
    const [counters] = await world.database.prisma.organizationStream.findMany({
      where: { orgId: org.orgId },
    })
    expect(counters).toMatchObject({ pending: 1, active: 1, deactivated: 0, deleted: 0 })
    // Nobody is behind the test person, so the log need not be read through for their names.
    await vi.waitFor(async () => {
      const calls = await world.database.prisma.exchange.findMany({
        where: { orgId: org.orgId, method: 'POST', path: '/Users' },
      })
      const made = expect.stringContaining('connection-test-') as string
      expect(calls.map(({ requestBody }) => requestBody)).toEqual([made])
    })
  })

  it('exchanges a client secret for an access token first, and goes on with that', async () => {
    const { owner } = org
    const made = await createOauthClient(owner.ctx, { name: 'Entra', authentication: 'client_secret' })
    const outcome = await test(made.secret ?? '')
    expect(outcome.steps.filter(step => !step.ok)).toEqual([])
    expect(outcome.steps.map(step => step.name).slice(0, 2)).toEqual([
      'Get an access token',
      'Reach the base URL',
    ])
    await revokeOauthClient(owner.ctx, { clientId: made.clientId })
    expect(await test(made.secret ?? '')).toMatchObject({ ok: false, steps: [{ ok: false }] })
  })

  it('names cause and fix of the step that fails', async () => {
    const other = await newOrganization(world)
    const refused = await test(other.scimToken.secret)
    expect(refused.ok).toBe(false)
    expect(refused.steps.at(-1)).toMatchObject({
      ok: false,
      detail: expect.stringContaining('Generate a new one') as string,
    })
    expect(await test('nonsense')).toEqual({ code: 'scim-tokens/not-a-token' })
  })

  it('says that no seat is free, as the identity provider would be told', async () => {
    const full = await newOrganization(world, { seats: 2 })
    const answer = await service.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${full.apiKey.secret}` },
      payload: JSON.stringify({
        query:
          'mutation ($secret: String!) { testScimConnection(input: { secret: $secret }) { ... on TestScimConnectionPayload { ok steps { name ok detail } } } }',
        variables: { secret: full.scimToken.secret },
      }),
    })
    expect(answer.json<Tested>().data.testScimConnection.steps.at(-1)).toMatchObject({
      name: 'Create a test person',
      ok: false,
      detail: expect.stringContaining('No free seat') as string,
    })
  })

  it('is no first use of a token: the one it takes over from goes on until the identity provider has it', async () => {
    const old = org.scimToken
    const next = await rotateScimToken(org.owner.ctx, { tokenId: old.id, name: 'Next', oldEnds: 'first-use' })
    expect(await test(next.secret)).toMatchObject({ ok: true })
    const call = async (secret: string) => {
      const headers = { authorization: `Bearer ${secret}` }
      return (await service.app.inject({ url: `/scim/v2/${org.orgId}/Users?count=0`, headers })).statusCode
    }
    expect([await call(old.secret), await call(next.secret), await call(old.secret)]).toEqual([200, 200, 401])
  })
})
