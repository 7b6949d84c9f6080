// OAuth clients from creation to end, as the console and automation clients see them.
import { generateKeyPairSync } from 'node:crypto'
import { exportJWK } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import type { World } from '#server/world.ts'
import { day, fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { graphqlDoor, publicUrl, sender, type Send } from '#test/support/graphql-client.ts'
import { makeWorld, newOrganization, type TestOrganization } from '#test/support/make-world.ts'

let clock: FakeClock
let world: World
let door: GraphqlDoor
beforeAll(async () => {
  clock = fakeClock()
  world = await makeWorld({ clock })
  door = graphqlDoor(world)
})

const as = (org: TestOrganization): Send => sender(door, { cookie: org.owner.cookie })

interface Secret {
  readonly id: string
  readonly state: string
  readonly prefix: string
  readonly expiresAt: string
}
interface Client {
  readonly id: string
  readonly clientId: string
  readonly name: string
  readonly state: string
  readonly secrets: readonly Secret[]
  readonly keys: readonly { kid: string | null; kind: string; thumbprint: string }[]
}
type Answered = { client: Client; secret: string } & {
  code?: string
  fields?: readonly { path: string; message: string }[]
}

const fields = `client { id clientId name authentication state tokenUrl accessTokenMinutes jwksUri createdByName
  revokedAt lastUsedAt secrets { id prefix suffix state expiresAt revokedAt } keys { kid kind thumbprint } }`
const withSecret = new Set(['createOauthClient', 'rotateOauthClientSecret'])
const withFields = new Set(['createOauthClient', 'replaceOauthClientKeys'])

/** Sends a mutation and answers its payload or failure. */
async function change(org: TestOrganization, name: string, input: object): Promise<Answered> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`
  const { data } = await as(org)(
    `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename
      ... on ${type}Payload { ${withSecret.has(name) ? 'secret' : ''} ${fields} }
      ${withFields.has(name) ? '... on InvalidInputError { fields { path message } }' : ''}
      ... on Error { code message } } }`,
    { input },
  )
  return data[name] as unknown as Answered
}

const publicJwk = async () =>
  JSON.stringify(await exportJWK(generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey))

describe('a client with a secret', () => {
  it('is created, rotated twice over the years, and revoked', async () => {
    const org = await newOrganization(world)
    const made = await change(org, 'createOauthClient', {
      name: ' Entra ID ',
      authentication: 'CLIENT_SECRET',
      secretExpiresIn: 'YEARS_2',
      accessTokenMinutes: 120,
    })
    expect(made).toMatchObject({
      secret: expect.stringMatching(/^rc_client_\w{59}$/) as string,
      client: {
        name: 'Entra ID',
        state: 'ACTIVE',
        authentication: 'CLIENT_SECRET',
        accessTokenMinutes: 120,
        tokenUrl: `${publicUrl}/scim/v2/${org.orgId}/oauth/token`,
        createdByName: org.owner.name,
        keys: [],
        secrets: [{ state: 'ACTIVE', expiresAt: new Date(clock.now().getTime() + 730 * day).toISOString() }],
      },
    })
    const { id } = made.client
    const next = await change(org, 'rotateOauthClientSecret', { id, expiresIn: 'YEARS_3', oldEnds: 'DAYS_7' })
    expect(next.secret).not.toBe(made.secret)
    expect(next.client.secrets.map(secret => secret.state)).toEqual(['ACTIVE', 'EXPIRING'])
    const third = await change(org, 'rotateOauthClientSecret', { id, oldEnds: 'KEEP' })
    expect(third.code).toBe('oauth-clients/two-secrets')
    const [, old] = next.client.secrets
    const cut = await change(org, 'revokeOauthClientSecret', { id: old?.id ?? '' })
    expect(cut.client.secrets.map(secret => secret.state)).toEqual(['ACTIVE', 'REVOKED'])
    const ended = await change(org, 'revokeOauthClient', { id })
    expect(ended.client.state).toBe('REVOKED')
    expect((await change(org, 'rotateOauthClientSecret', { id, oldEnds: 'NOW' })).code).toBe(
      'oauth-clients/revoked',
    )
    const types = await org.scim.db.provisioningEvent.findMany({
      where: { orgId: org.orgId, type: { startsWith: 'oauth_client' } },
      orderBy: { sequence: 'asc' },
    })
    expect(types.map(event => event.type.slice(13))).toEqual([
      'created',
      'secret_rotated',
      'secret_revoked',
      'revoked',
    ])
    const activities = await org.scim.db.activity.findMany({
      where: { orgId: org.orgId, subjectKind: 'oauth_client' },
      orderBy: { id: 'asc' },
    })
    expect(activities.map(activity => activity.action)).toEqual([
      'oauth_client.create',
      'oauth_client.rotate_secret',
      'oauth_client.revoke_secret',
      'oauth_client.revoke',
    ])
    expect(JSON.stringify(activities)).not.toMatch(/rc_client_\w{10}/)
  })

  it('expires visibly when its last secret does', async () => {
    const org = await newOrganization(world)
    const { client } = await change(org, 'createOauthClient', {
      name: 'Old',
      authentication: 'CLIENT_SECRET',
    })
    const state = async () => {
      const asKey = sender(door, { bearer: org.apiKey.secret })
      const { data } = await asKey(`{ node(id: "${client.id}") { ... on OauthClient { state } } }`)
      return (data as unknown as { node: { state: string } }).node.state
    }
    clock.advance(340 * day)
    expect(await state()).toBe('EXPIRING')
    clock.advance(25 * day)
    expect(await state()).toBe('EXPIRED')
  })

  it('is one of twenty at most', async () => {
    const org = await newOrganization(world)
    const make = () =>
      change(org, 'createOauthClient', { name: 'One of many', authentication: 'CLIENT_SECRET' })
    const answers = await Promise.all(Array.from({ length: 22 }, make))
    expect(answers.filter(({ code }) => code === 'oauth-clients/too-many')).toHaveLength(2)
  })
})

describe('a client that signs', () => {
  it('shows its keys, never a secret, and has them replaced', async () => {
    const org = await newOrganization(world)
    const made = await change(org, 'createOauthClient', {
      name: 'Okta',
      authentication: 'PRIVATE_KEY_JWT',
      publicKeys: await publicJwk(),
    })
    expect(made).toMatchObject({
      secret: null,
      client: { state: 'ACTIVE', secrets: [], keys: [{ kid: null, kind: 'RSA 2048' }] },
    })
    const { id } = made.client
    const moved = await change(org, 'replaceOauthClientKeys', { id, jwksUri: 'https://idp.example/keys' })
    expect(moved.client).toMatchObject({ keys: [], jwksUri: 'https://idp.example/keys' })
    expect((await change(org, 'rotateOauthClientSecret', { id, oldEnds: 'NOW' })).code).toBe(
      'oauth-clients/no-secret',
    )
  })

  const pem = (type: 'spki' | 'pkcs8', bits = 2_048) => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
    const key = type === 'spki' ? publicKey : privateKey
    return key.export({ type, format: 'pem' }).toString()
  }
  it.each([
    ['no keys at all', {}, 'no-keys', 'publicKeys'],
    ['keys and an address', { publicKeys: 'x', jwksUri: 'https://a.example' }, 'no-keys', 'publicKeys'],
    ['a private key in PEM', { publicKeys: pem('pkcs8') }, 'private-key', 'publicKeys'],
    [
      'a private JWK',
      {
        publicKeys: JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
      },
      'private-key',
      'publicKeys',
    ],
    ['a shared secret as JWK', { publicKeys: '{"kty":"oct","k":"c2VjcmV0"}' }, 'private-key', 'publicKeys'],
    ['a weak key', { publicKeys: pem('spki', 1_024) }, 'bad-keys', 'publicKeys'],
    [
      'a key for encryption',
      { publicKeys: '{"keys":[{"kty":"RSA","use":"enc"}]}' },
      'bad-keys',
      'publicKeys',
    ],
    [
      'a key for HMAC',
      { publicKeys: '{"kty":"RSA","n":"AQAB","e":"AQAB","alg":"HS256"}' },
      'bad-keys',
      'publicKeys',
    ],
    ['half a JSON', { publicKeys: '{"kty":' }, 'bad-keys', 'publicKeys'],
    ['a word', { publicKeys: 'secret' }, 'bad-keys', 'publicKeys'],
    ['plain http', { jwksUri: 'http://idp.example/keys' }, 'bad-address', 'jwksUri'],
    ['an address with a password', { jwksUri: 'https://a:b@idp.example/keys' }, 'bad-address', 'jwksUri'],
    ['no address', { jwksUri: 'keys' }, 'bad-address', 'jwksUri'],
  ])('is refused with %s', async (_case, keys, code, path) => {
    const org = await newOrganization(world)
    const answer = await change(org, 'createOauthClient', {
      name: 'Okta',
      authentication: 'PRIVATE_KEY_JWT',
      ...keys,
    })
    expect(answer).toMatchObject({ code: `oauth-clients/${code}`, fields: [{ path }] })
  })
})

describe('any client', () => {
  it.each([
    [{ name: ' ' }, 'bad-name', 'name'],
    [{ accessTokenMinutes: 59 }, 'bad-lifetime', 'accessTokenMinutes'],
    [{ accessTokenMinutes: 361 }, 'bad-lifetime', 'accessTokenMinutes'],
  ])('is refused with %j', async (wanted, code, path) => {
    const org = await newOrganization(world)
    const answer = await change(org, 'createOauthClient', {
      name: 'Entra',
      authentication: 'CLIENT_SECRET',
      ...wanted,
    })
    expect(answer).toMatchObject({ code: `oauth-clients/${code}`, fields: [{ path }] })
  })

  it('needs the plan', async () => {
    const org = await newOrganization(world, { plan: 'teams' })
    const answer = await change(org, 'createOauthClient', { name: 'Entra', authentication: 'CLIENT_SECRET' })
    expect(answer.code).toBe('organizations/not-in-plan')
  })

  it('stands in a list with pages, and goes with the configuration', async () => {
    const org = await newOrganization(world)
    for (const name of ['One', 'Two', 'Three']) {
      await change(org, 'createOauthClient', { name, authentication: 'CLIENT_SECRET' })
    }
    const page = async (args: string) => {
      const { data } = await as(org)(
        `{ organization { oauthClients(${args}) { totalCount pageInfo { endCursor startCursor hasNextPage } nodes { name } } } }`,
      )
      return (data as unknown as { organization: { oauthClients: Page } }).organization.oauthClients
    }
    const first = await page('first: 2')
    expect(first).toMatchObject({
      totalCount: 3,
      nodes: [{ name: 'Three' }, { name: 'Two' }],
      pageInfo: { hasNextPage: true },
    })
    const rest = await page(`first: 2, after: "${first.pageInfo.endCursor}"`)
    expect(rest).toMatchObject({ nodes: [{ name: 'One' }], pageInfo: { hasNextPage: false } })
    expect((await page(`last: 2, before: "${rest.pageInfo.startCursor}"`)).nodes).toEqual(first.nodes)
    await as(org)(
      `mutation { deleteProvisioningConfiguration(input: { confirmName: "${org.name}" }) { __typename } }`,
    )
    expect((await page('first: 5')).totalCount).toBe(0)
  })
})

interface Page {
  readonly totalCount: number
  readonly nodes: readonly { name: string }[]
  readonly pageInfo: { readonly endCursor: string; readonly startCursor: string }
}
