// Asks for access tokens as an identity provider does, honest or not.
import { randomInt, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'
import { afterAll, beforeAll } from 'vitest'
import type { RemoteKeys } from '#server/domain/oauth-clients/check-assertion.ts'
import {
  createOauthClient,
  type CreateOauthClientInput,
} from '#server/domain/oauth-clients/create-oauth-client.ts'
import type { Service } from '#server/serve.ts'
import type { World } from '#server/world.ts'
import { fakeClock, type FakeClock } from '#test/support/fake-clock.ts'
import { makeService, publicUrl } from '#test/support/make-app.ts'
import { proveAgain, makeWorld, type TestOrganization } from '#test/support/make-world.ts'

export const formType = 'application/x-www-form-urlencoded'

export interface Place {
  readonly clock: FakeClock
  readonly world: World
  readonly service: Service
}

/** A service with a clock of the test's own, for the tests of one file. */
export function usePlace(options: { remoteKeys?: RemoteKeys } = {}): Place {
  let made: Place | undefined
  beforeAll(async () => {
    const clock = fakeClock()
    const world = await makeWorld({ clock })
    made = { clock, ...(await makeService({ world, ...options })) }
  })
  afterAll(() => made?.service.close())
  const place = (): Place => {
    if (made === undefined) throw new Error('The place opens when the tests begin.')
    return made
  }
  return {
    get clock() {
      return place().clock
    },
    get world() {
      return place().world
    },
    get service() {
      return place().service
    },
  }
}

export const issuerOf = ({ orgId }: TestOrganization): string => `${publicUrl}/scim/v2/${orgId}`
export const tokenUrlOf = (org: TestOrganization): string => `${issuerOf(org)}/oauth/token`

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

export interface Asked {
  /** Sent as a form; a text as it is. */
  readonly form: Readonly<Record<string, string>> | string
  readonly headers?: Readonly<Record<string, string>>
  /** Behind the address. */
  readonly query?: string
  /** Client address; another one for each request without it, so that failures are not counted together. */
  readonly from?: string
}

/** POSTs to the token endpoint of an organization. */
export async function askToken(service: Service, org: { orgId: string }, asked: Asked): Promise<Answered> {
  const { form } = asked
  const response = await service.app.inject({
    method: 'POST',
    url: `/scim/v2/${org.orgId}/oauth/token${asked.query ?? ''}`,
    headers: { 'content-type': formType, ...asked.headers },
    payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    remoteAddress: asked.from ?? `198.51.${String(randomInt(256))}.${String(randomInt(256))}`,
  })
  return {
    status: response.statusCode,
    headers: response.headers,
    body: JSON.parse(response.body) as Answered['body'],
  }
}

export const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})

export const grantType = { grant_type: 'client_credentials' }

/** A client with a secret. */
export async function secretClient(org: TestOrganization, wanted: Partial<CreateOauthClientInput> = {}) {
  await proveAgain(org.owner.ctx)
  const created = await createOauthClient(org.owner.ctx, {
    name: 'Entra ID',
    authentication: 'client_secret',
    ...wanted,
  })
  return { id: created.clientId, secret: created.secret ?? '' }
}

/** The access token for a secret. */
export async function tokenFor(
  service: Service,
  org: TestOrganization,
  client: { id: string; secret: string },
): Promise<string> {
  const { body } = await askToken(service, org, { form: grantType, headers: basic(client.id, client.secret) })
  return String(body['access_token'])
}

export interface Signer {
  readonly alg: string
  readonly publicKey: CryptoKey
  readonly privateKey: CryptoKey
  /** The public half as a JWK, in text. */
  readonly jwk: string
}

export async function newSigner(alg = 'ES256', kid?: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), ...(kid === undefined ? {} : { kid }) }
  return { alg, publicKey, privateKey, jwk: JSON.stringify(jwk) }
}

/** A client that signs with this key. */
export async function signingClient(org: TestOrganization, signer: Signer): Promise<{ id: string }> {
  await proveAgain(org.owner.ctx)
  const created = await createOauthClient(org.owner.ctx, {
    name: 'Okta',
    authentication: 'private_key_jwt',
    publicKeys: signer.jwk,
  })
  return { id: created.clientId }
}

export interface Claims {
  readonly org: TestOrganization
  readonly clientId: string
  readonly now: Date
  /** Claims instead of the honest ones; undefined leaves one out. */
  readonly changed?: Readonly<Record<string, unknown>>
  readonly header?: Readonly<Record<string, unknown>>
}

/** The claims of an honest assertion that lives five minutes, with what the test changes. */
export function claimsOf({ org, clientId, now, changed = {} }: Claims): JWTPayload {
  const seconds = Math.floor(now.getTime() / 1_000)
  const honest: Record<string, unknown> = {
    iss: clientId,
    sub: clientId,
    aud: tokenUrlOf(org),
    iat: seconds,
    exp: seconds + 300,
    jti: randomUUID(),
  }
  const entries = Object.entries({ ...honest, ...changed }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries)
}

export function signed(signer: Signer, claims: Claims): Promise<string> {
  return new SignJWT(claimsOf(claims))
    .setProtectedHeader({ alg: signer.alg, ...claims.header })
    .sign(signer.privateKey)
}

export const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** The form of a signed request. */
export function assertionForm(assertion: string): Record<string, string> {
  return { ...grantType, client_assertion_type: assertionType, client_assertion: assertion }
}
