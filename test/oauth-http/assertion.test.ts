// Clients that sign (RFC 7523, checklist I12): every algorithm, every claim, and what forgers try.
import { createHmac, randomUUID } from 'node:crypto'
import { exportSPKI, SignJWT, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { createOauthClient } from '#server/domain/oauth-clients/create-oauth-client.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import {
  assertionForm,
  assertionType,
  askToken,
  claimsOf,
  grantType,
  issuerOf,
  newSigner,
  secretClient,
  signed,
  signingClient,
  tokenUrlOf,
  usePlace,
  type Signer,
} from './client.ts'

const place = usePlace()
let org: TestOrganization
let signer: Signer
let clientId: string
beforeAll(async () => {
  org = await newOrganization(place.world)
  signer = await newSigner()
  clientId = (await signingClient(org, signer)).id
})

const honest = (changed: Record<string, unknown> = {}, header: Record<string, unknown> = {}) => ({
  org,
  clientId,
  now: place.clock.now(),
  changed,
  header,
})
const show = (assertion: string, at: { orgId: string } = org) =>
  askToken(place.service, at, { form: assertionForm(assertion) })
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = (): number => Math.floor(place.clock.now().getTime() / 1_000)

const logged = (summary: string) =>
  vi.waitFor(async () => {
    const lines = await org.scim.db.exchange.findMany({ where: { orgId: org.orgId, path: '/oauth/token' } })
    expect(lines.map(line => line.summary)).toContainEqual(expect.stringContaining(summary))
  })

describe('an honest assertion', () => {
  it.each(['RS256', 'PS256', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])(
    'I12: signed by %s is taken',
    async alg => {
      const own = await newSigner(alg)
      const { id } = await signingClient(org, own)
      const answer = await show(await signed(own, { ...honest(), clientId: id }))
      expect(answer.body).toMatchObject({ token_type: 'Bearer', scope: 'scim' })
      const { statusCode } = await place.service.app.inject({
        method: 'GET',
        url: `/scim/v2/${org.orgId}/Users`,
        headers: { authorization: `Bearer ${String(answer.body['access_token'])}` },
      })
      expect(statusCode).toBe(200)
    },
  )

  it.each([
    ['for the issuer', () => ({ aud: issuerOf(org) })],
    ['for both names of ours', () => ({ aud: [issuerOf(org), tokenUrlOf(org)] })],
    ['without iat', () => ({ iat: undefined })],
    ['that expired 59 s ago by a slow clock', () => ({ exp: seconds() - 59 })],
    ['that begins in 59 s by a fast clock', () => ({ nbf: seconds() + 59, iat: seconds() + 59 })],
  ])('%s is taken', async (_case, changed) => {
    expect((await show(await signed(signer, honest(changed())))).status).toBe(200)
  })

  it('may name its client in the form, but not another one', async () => {
    const form = async (client_id: string) => ({
      ...assertionForm(await signed(signer, honest())),
      client_id,
    })
    expect((await askToken(place.service, org, { form: await form(clientId) })).status).toBe(200)
    const other = await signingClient(org, await newSigner())
    expect((await askToken(place.service, org, { form: await form(other.id) })).status).toBe(401)
  })

  it.each([
    ['PEM without a name', async (own: Signer) => exportSPKI(own.publicKey)],
    [
      'a JWK set with an old key, too',
      async (own: Signer) => `{"keys":[${(await newSigner('ES256', 'old')).jwk},${own.jwk}]}`,
    ],
  ])('is checked with keys that were pasted as %s, whatever kid it names', async (_case, paste) => {
    const own = await newSigner()
    const created = await createOauthClient(org.owner.ctx, {
      name: 'Pasted',
      authentication: 'private_key_jwt',
      publicKeys: await paste(own),
    })
    for (const header of [{}, { kid: 'whatever' }]) {
      const assertion = await signed(own, { ...honest({}, header), clientId: created.clientId })
      expect((await show(assertion)).status).toBe(200)
    }
  })
})

describe('a forger', () => {
  const replayed = async () => {
    const assertion = await signed(signer, honest())
    expect((await show(assertion)).status).toBe(200)
    return assertion
  }
  const unsigned = () => Promise.resolve(new UnsecuredJWT(claimsOf(honest())).encode())
  /** HMAC with the public key as secret, as if the server took any algorithm for any key. */
  const confused = async (secret: () => Promise<string>) => {
    const body = `${encode({ alg: 'HS256' })}.${encode(claimsOf(honest()))}`
    return `${body}.${createHmac('sha256', await secret())
      .update(body)
      .digest('base64url')}`
  }
  const tampered = async () => {
    const [head = '', , signature = ''] = (await signed(signer, honest())).split('.')
    return `${head}.${encode(claimsOf(honest()))}.${signature}`
  }
  const withOwnKey = async () => {
    const own = await newSigner()
    return signed(own, honest({}, { jwk: JSON.parse(own.jwk) as object }))
  }
  const critical = () =>
    new SignJWT(claimsOf(honest()))
      .setProtectedHeader({ alg: signer.alg, crit: ['exp'], exp: 1 })
      .sign(signer.privateKey, { crit: { exp: true } })

  it.each<[string, string, () => Promise<string>]>([
    ['no signature', 'algorithm', unsigned],
    ['HS256 with the public JWK', 'algorithm', () => confused(() => Promise.resolve(signer.jwk))],
    ['HS256 with the public PEM', 'algorithm', () => confused(() => exportSPKI(signer.publicKey))],
    ['other claims under the signature', 'signature', tampered],
    ['a key of their own', 'signature', async () => signed(await newSigner(), honest())],
    ['a key of their own in the header', 'signature', withOwnKey],
    [
      'an RSA key of their own',
      'key that this client does not have',
      async () => signed(await newSigner('RS256'), honest()),
    ],
    ['an unknown critical extension', '', critical],
    ['no JWT at all', '', () => Promise.resolve('x.y.z')],
    ['an empty one', '', () => Promise.resolve('..')],
    ['a used assertion', 'used before', replayed],
    ['another aud', 'aud', () => signed(signer, honest({ aud: 'https://other.example/token' }))],
    [
      'an aud beside ours',
      'others, too',
      () => signed(signer, honest({ aud: [tokenUrlOf(org), 'https://other.example'] })),
    ],
    ['no aud', 'aud', () => signed(signer, honest({ aud: undefined }))],
    ['another iss', 'iss', () => signed(signer, honest({ iss: 'x' }))],
    ['another sub', '', () => signed(signer, honest({ sub: randomUUID() }))],
    ['no iss', 'iss', () => signed(signer, honest({ iss: undefined }))],
    ['no exp', 'exp', () => signed(signer, honest({ exp: undefined }))],
    ['an exp that passed 61 s ago', 'expired', () => signed(signer, honest({ exp: seconds() - 61 }))],
    ['an exp in an hour', 'too long', () => signed(signer, honest({ exp: seconds() + 3_600 }))],
    ['an nbf in two minutes', 'not valid yet', () => signed(signer, honest({ nbf: seconds() + 120 }))],
    ['an iat in two minutes', 'future', () => signed(signer, honest({ iat: seconds() + 120 }))],
    ['no jti', 'jti', () => signed(signer, honest({ jti: undefined }))],
    ['a number as jti', 'jti', () => signed(signer, honest({ jti: 5 }))],
    ['an endless jti', 'jti', () => signed(signer, honest({ jti: 'x'.repeat(256) }))],
  ])('with %s is refused with the one text, and the log says why', async (_case, reason, forge) => {
    const assertion = await forge()
    const answer = await show(assertion)
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
    const stranger = await askToken(place.service, org, { form: grantType })
    expect(answer.body).toEqual(stranger.body)
    await logged(`Refused an access token: ${reason === '' ? '' : 'the '}`)
    if (reason !== '') await logged(reason)
  })

  it('with the key of another client, or another organization, is refused', async () => {
    const second = await newSigner()
    const { id } = await signingClient(org, second)
    expect((await show(await signed(signer, { ...honest(), clientId: id }))).status).toBe(401)
    const other = await newOrganization(place.world)
    const theirs = await signingClient(other, signer)
    expect((await show(await signed(signer, { ...honest(), clientId: theirs.id }))).status).toBe(401)
    const atTheirs = await signed(signer, { ...honest(), clientId: theirs.id })
    expect((await show(atTheirs, other)).status).toBe(401)
    const meantForThem = await signed(signer, { ...honest(), org: other, clientId: theirs.id })
    expect((await show(meantForThem, other)).status).toBe(200)
  })

  it('with a signed assertion for a client that has a secret is refused', async () => {
    const { id } = await secretClient(org)
    expect((await show(await signed(signer, { ...honest(), clientId: id }))).status).toBe(401)
  })

  it('who shows one assertion twenty times at once has one token', async () => {
    const assertion = await signed(signer, honest())
    const answers = await Promise.all(Array.from({ length: 20 }, () => show(assertion)))
    expect(answers.filter(answer => answer.status === 200)).toHaveLength(1)
  })

  it('with an assertion of another type is refused', async () => {
    const form = {
      ...assertionForm(await signed(signer, honest())),
      client_assertion_type: `${assertionType}2`,
    }
    expect((await askToken(place.service, org, { form })).body['error']).toBe('invalid_request')
  })
})
