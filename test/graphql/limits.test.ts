// Operations that could exhaust or trick the server are refused before a row is read.
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { countStatements } from '#test/support/count-statements.ts'
import { graphqlDoor, graphqlRequest, publicUrl, sender, type Sender } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'

let world: World
let door: GraphqlDoor
let org: TestOrganization

beforeAll(async () => {
  world = await makeWorld()
  door = graphqlDoor(world)
  org = await newOrganization(world)
})

const repeat = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

const nested = (levels: number): string => (levels === 0 ? 'id' : `replacedBy { ${nested(levels - 1)} }`)

const tooMuch: [string, string, RegExp][] = [
  ['depth 11 (G1)', `{ organization { scimTokens { ${nested(9)} } } }`, /depth/i],
  ['21 aliases (G2)', `{ viewer { ${repeat(21, index => `k${String(index)}: kind`)} } }`, /alias/i],
  ['21 directives (G3)', `{ viewer { ${repeat(21, () => 'kind @include(if: true)')} } }`, /directive/i],
  ['1,001 tokens (G4)', `{ viewer { ${repeat(998, () => 'kind')} } }`, /token/i],
  ['3,000 repeated fields (G5)', `{ viewer { ${repeat(3000, () => 'kind')} } }`, /token/i],
  [
    'a fragment cycle (G6)',
    '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }',
    /cannot spread|depth/i,
  ],
  [
    'exponential fragments (G7)',
    `{ organization { ...F0 } } ${repeat(11, index => `fragment F${String(index)} on Organization { scimTokens { replacedBy { id } } a${String(index)}: provisioning { enforced } ...F${String(index + 1)} b${String(index)}: provisioning { enforced } ...F${String(index + 1)} }`)} fragment F11 on Organization { id }`,
    /alias|depth|token/i,
  ],
  [
    'depth behind a fragment called __schema (G8)',
    `{ organization { ...__schema } } fragment __schema on Organization { scimTokens { ${nested(9)} } }`,
    /depth/i,
  ],
  [
    'lists inside lists (G9)',
    '{ organization { users(first: 100) { nodes { provisioningEvents(first: 100) { nodes { changes { path } } } } } } }',
    /costs \d+ points/,
  ],
  ['11 root fields', `{ ${repeat(11, () => 'viewer { kind }')} }`, /root fields/],
  [
    'a second operation that is chosen by name',
    'query A { viewer { kind } } query B { organization { users(first: 500) { nodes { provisioningEvents(first: 500) { nodes { id } } } } } }',
    /costs \d+ points/,
  ],
]

describe('an operation with', () => {
  it.each(tooMuch)('%s is refused before any row is read', async (what, query, message) => {
    const call = (body: object) =>
      door.handle(graphqlRequest(body, { bearer: org.apiKey.secret }), testOrigin)
    await call({ query: '{ viewer { kind } }' })
    const plain = await countStatements(world.database, () => call({ query: '{ __typename }' }))
    const operationName = what.startsWith('a second operation') ? { operationName: 'B' } : {}
    const { result, statements } = await countStatements(world.database, () =>
      call({ query, ...operationName }),
    )
    const body = (await result.json()) as { errors: { message: string }[] }
    expect(body.errors[0]?.message).toMatch(message)
    expect(body).not.toHaveProperty('data.viewer')
    expect(statements.length).toBe(plain.statements.length)
  })

  it.each([-1000, 0, 501, 1e9])('a page of %s rows is refused (G10)', async first => {
    const answer = await sender(door, { bearer: org.apiKey.secret })(
      'query ($first: Int) { organization { users(first: $first) { totalCount } } }',
      { first },
    )
    expect(answer.errors?.[0]).toMatchObject({
      message: expect.stringContaining('1 to 500') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    })
  })

  it.each([
    ['NUL', 'a\u0000b'],
    ['half a character', 'a\ud800b'],
    ['a novel', 'x'.repeat(20_000)],
  ])('%s in a text is refused, in variables and in the document (G37)', async (_what, search) => {
    const send = sender(door, { bearer: org.apiKey.secret })
    const byVariable = await send(
      'query ($search: String) { organization { users(search: $search) { totalCount } } }',
      { search },
    )
    const literal = await send(`{ organization { users(search: ${JSON.stringify(search)}) { totalCount } } }`)
    for (const answer of [byVariable, literal]) {
      expect(answer.errors?.[0]).toBeDefined()
      expect(answer).not.toHaveProperty('data.organization.users')
    }
  })

  it.each([{ a: 1 }, ['x'], 5])('%j instead of a text is refused', async email => {
    const answer = await sender(door)(
      'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
      {
        input: { email, password: 'x' },
      },
    )
    expect(answer.errors?.[0]?.message).toContain('String cannot represent')
  })
})

describe('a request', () => {
  const query = '{ viewer { kind } }'
  const status = async (request: Request): Promise<number> => (await door.handle(request, testOrigin)).status
  const raw = (body: string, headers: Record<string, string>) =>
    new Request(`${publicUrl}/graphql`, {
      method: 'POST',
      body,
      headers: { cookie: `sid=${org.admin.cookie}`, ...headers },
    })

  it('in a batch is refused (G11)', async () => {
    expect(await status(graphqlRequest([{ query }, { query }], { bearer: org.apiKey.secret }))).toBe(400)
  })

  it('that changes something by GET is refused (G12)', async () => {
    const url = `${publicUrl}/graphql?query=${encodeURIComponent('mutation { signOut { signedOut } }')}`
    const headers = { cookie: `sid=${org.admin.cookie}`, 'x-rollcall': '1' }
    expect(await status(new Request(url, { headers }))).toBe(405)
    expect((await sender(door, { cookie: org.admin.cookie })(query)).data).toEqual({
      viewer: { kind: 'PERSON' },
    })
  })

  it.each([
    ['a form (G13)', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(query)}`],
    ['a multipart form (G14)', 'multipart/form-data; boundary=x', '--x--'],
    ['plain text (G15)', 'text/plain', JSON.stringify({ query })],
    ['a text that begins like JSON', 'application/jsonp', JSON.stringify({ query })],
  ])('as %s is refused', async (_what, type, body) => {
    expect(await status(raw(body, { 'content-type': type, 'x-rollcall': '1' }))).toBe(415)
  })

  it.each<[string, Sender, string]>([
    ['without the header x-rollcall (G16)', {}, 'CSRF'],
    [
      'from a foreign page (G17)',
      { headers: { 'x-rollcall': '1', origin: 'https://evil.example' } },
      'FOREIGN_ORIGIN',
    ],
    [
      'from a page without origin (G18)',
      { headers: { 'x-rollcall': '1', origin: 'null' } },
      'FOREIGN_ORIGIN',
    ],
  ])('with a cookie %s is refused', async (_what, who, code) => {
    const request = raw(JSON.stringify({ query }), { 'content-type': 'application/json', ...who.headers })
    const response = await door.handle(request, testOrigin)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] })
  })
})

describe('the schema', () => {
  it('is shown to API keys and hidden from strangers (G21)', async () => {
    const query = '{ __schema { queryType { name } } __type(name: "User") { name } }'
    expect((await sender(door, { bearer: org.apiKey.secret })(query)).data).toMatchObject({ __schema: {} })
    const stranger = await sender(door)(query)
    expect(stranger.data).toBeUndefined()
    expect(stranger.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('is not given away by suggestions', async () => {
    const [stranger, known] = await Promise.all(
      [{}, { bearer: org.apiKey.secret }].map(who => sender(door, who)('{ viewr { kind } }')),
    )
    expect(stranger?.errors?.[0]?.message).toBe('Cannot query field "viewr" on type "Query".')
    expect(known?.errors?.[0]?.message).toContain('Did you mean "viewer"')
  })
})
