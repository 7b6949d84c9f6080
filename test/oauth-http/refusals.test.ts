// Refusals of the token endpoint in the words of RFC 6749 section 5.2 (checklist Q19, I12): same text for all strangers.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { updateOrganization } from '#server/domain/organizations/update-organization.ts'
import { mintOrgKey, mintSecret } from '#server/domain/secrets/secret.ts'
import { day } from '#test/support/fake-clock.ts'
import { newOrganization, operatorActor, type TestOrganization } from '#test/support/make-world.ts'
import {
  askToken,
  basic,
  grantType,
  secretClient,
  signingClient,
  newSigner,
  tokenFor,
  usePlace,
} from './client.ts'

const place = usePlace()
let org: TestOrganization
let client: { id: string; secret: string }
beforeAll(async () => {
  org = await newOrganization(place.world)
  client = await secretClient(org)
})

const scim = (token: string, at: TestOrganization = org, path = '/Users') =>
  place.service.app.inject({
    method: 'GET',
    url: `/scim/v2/${at.orgId}${path}`,
    headers: { authorization: `Bearer ${token}` },
    remoteAddress: '203.0.113.9',
  })

/** The lines of the token endpoint in the provisioning log, once one fits. */
const logged = (summary: string, name?: string) =>
  vi.waitFor(
    async () => {
      const lines = await org.scim.db.exchange.findMany({
        where: { orgId: org.orgId, path: '/oauth/token', ...(name === undefined ? {} : { tokenName: name }) },
      })
      const line = lines.findLast(each => each.summary.includes(summary))
      expect(line).toBeDefined()
      return line
    },
    { timeout: 5_000, interval: 10 },
  )

describe('a refusal', () => {
  const secret = () => ({ client_id: client.id, client_secret: client.secret })
  const strange = mintSecret('client', mintOrgKey()).text

  it.each([
    ['no grant type', () => ({ form: secret() }), 'invalid_request'],
    ['another grant', () => ({ form: { grant_type: 'password', ...secret() } }), 'unsupported_grant_type'],
    [
      'the JWT bearer grant',
      () => ({ form: { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'x' } }),
      'unsupported_grant_type',
    ],
    ['another scope', () => ({ form: { ...grantType, ...secret(), scope: 'openid' } }), 'invalid_scope'],
    [
      'a further scope',
      () => ({ form: { ...grantType, ...secret(), scope: 'scim admin' } }),
      'invalid_scope',
    ],
    [
      'another resource',
      () => ({ form: { ...grantType, ...secret(), resource: 'https://other.example' } }),
      'invalid_target',
    ],
    [
      'a parameter twice',
      () => ({ form: `grant_type=client_credentials&grant_type=client_credentials` }),
      'invalid_request',
    ],
    [
      'a secret twice, once empty',
      () => ({ form: `grant_type=client_credentials&client_secret=&client_secret=${client.secret}` }),
      'invalid_request',
    ],
    [
      'two proofs',
      () => ({ form: { ...grantType, ...secret() }, headers: basic(client.id, client.secret) }),
      'invalid_request',
    ],
    [
      'two client ids',
      () => ({ form: { ...grantType, client_id: 'other' }, headers: basic(client.id, client.secret) }),
      'invalid_request',
    ],
    [
      'JSON',
      () => ({
        form: JSON.stringify({ ...grantType, ...secret() }),
        headers: { 'content-type': 'application/json' },
      }),
      'invalid_request',
    ],
    [
      'T7: the secret in the query',
      () => ({ form: grantType, query: `?client_id=${client.id}&client_secret=${client.secret}` }),
      'invalid_request',
    ],
    [
      'an assertion without its type',
      () => ({ form: { ...grantType, client_assertion: 'x' } }),
      'invalid_request',
    ],
    ['a body of 20 kB', () => ({ form: { ...grantType, padding: 'x'.repeat(20_000) } }), 'invalid_request'],
  ])('of %s is 400 in RFC 6749’s words', async (_case, asked, error) => {
    const answer = await askToken(place.service, org, asked())
    expect(answer.status).toBe(400)
    expect(answer.body['error']).toBe(error)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.body['error_description']).toMatch(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/)
  })

  it.each([
    ['without any proof', () => ({ form: grantType }), false],
    ['with an id alone', () => ({ form: { ...grantType, client_id: client.id } }), false],
    ['with a wrong secret', () => ({ form: grantType, headers: basic(client.id, strange) }), true],
    ['with a word as secret', () => ({ form: grantType, headers: basic(client.id, 'x') }), true],
    ['with an unknown id', () => ({ form: { ...grantType, ...secret(), client_id: 'nobody' } }), false],
    [
      'with an id nobody has',
      () => ({ form: { ...grantType, ...secret(), client_id: '018f0000-0000-7000-8000-000000000000' } }),
      false,
    ],
    [
      'with a bearer token',
      () => ({ form: grantType, headers: { authorization: `Bearer ${org.scimToken.secret}` } }),
      true,
    ],
    ['with broken Basic', () => ({ form: grantType, headers: { authorization: 'Basic %%%' } }), true],
    [
      'with a SCIM token as secret',
      () => ({ form: grantType, headers: basic(client.id, org.scimToken.secret) }),
      true,
    ],
  ])(
    'of a client %s is 401 invalid_client, challenged when it used the header',
    async (_case, asked, challenged) => {
      const answer = await askToken(place.service, org, asked())
      expect(answer.status).toBe(401)
      expect(answer.body['error']).toBe('invalid_client')
      expect(answer.headers['www-authenticate']).toBe(
        challenged ? 'Basic realm="SCIM", charset="UTF-8"' : undefined,
      )
      const other = await askToken(place.service, org, { form: grantType })
      expect(answer.body).toEqual(other.body)
    },
  )

  it('Z: tells the log, not the caller, what was wrong and with which client', async () => {
    const named = await secretClient(org, { name: 'Of the refusals' })
    await askToken(place.service, org, { form: grantType, headers: basic(named.id, strange) })
    expect(await logged('the client secret is wrong', 'Of the refusals')).toMatchObject({
      status: 401,
      tokenName: 'Of the refusals',
    })
  })

  it('T6: of a client of another organization is like that of an unknown one', async () => {
    const other = await newOrganization(place.world)
    const theirs = await secretClient(other)
    const answer = await askToken(place.service, org, {
      form: grantType,
      headers: basic(theirs.id, theirs.secret),
    })
    expect(answer.status).toBe(401)
    const swapped = await askToken(place.service, org, {
      form: grantType,
      headers: basic(client.id, theirs.secret),
    })
    expect(swapped.body).toEqual(answer.body)
  })

  it('of a secret for another client of the same organization is 401', async () => {
    const second = await secretClient(org)
    const answer = await askToken(place.service, org, {
      form: grantType,
      headers: basic(client.id, second.secret),
    })
    expect(answer.status).toBe(401)
  })

  it('of a secret for a client that signs is 401', async () => {
    const signing = await signingClient(org, await newSigner())
    const answer = await askToken(place.service, org, {
      form: grantType,
      headers: basic(signing.id, client.secret),
    })
    expect(answer.status).toBe(401)
  })

  it('of an expired secret is 401', async () => {
    const old = await secretClient(org, { secretExpiresIn: '1-year' })
    place.clock.advance(365 * day)
    const answer = await askToken(place.service, org, { form: grantType, headers: basic(old.id, old.secret) })
    expect(answer.status).toBe(401)
    expect(await logged('the client secret has expired')).toBeDefined()
    client = await secretClient(org)
  })

  it('T5, T21: of an organization without SCIM is unauthorized_client, and its tokens answer 403', async () => {
    const off = await newOrganization(place.world)
    const theirs = await secretClient(off)
    const token = await tokenFor(place.service, off, theirs)
    const ask = () =>
      askToken(place.service, off, { form: grantType, headers: basic(theirs.id, theirs.secret) })
    await enforceProvisioning(off.owner.ctx, { enforced: false })
    expect((await scim(token, off)).statusCode).toBe(403)
    expect(await ask()).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } })
    await enforceProvisioning(off.owner.ctx, { enforced: true })
    expect((await scim(token, off)).statusCode).toBe(200)
    await updateOrganization(place.world.contextFor(off.orgId, operatorActor), { plan: 'teams' })
    expect((await scim(token, off)).statusCode).toBe(403)
    expect(await ask()).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } })
  })

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'] as const)('of %s is 405', async method => {
    const { statusCode, headers } = await place.service.app.inject({
      method,
      url: `/scim/v2/${org.orgId}/oauth/token`,
    })
    expect([statusCode, headers['allow']]).toEqual([405, 'POST'])
  })

  it('of an organization that cannot exist is that of an unknown client', async () => {
    const answer = await askToken(place.service, { orgId: 'nobody' }, { form: { ...grantType, ...secret() } })
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } })
  })

  it('comes sooner and sooner to strangers: the 61st failure of an address in a minute is 429', async () => {
    const from = '198.18.0.1'
    const statuses: number[] = []
    for (let count = 0; count < 61; count += 1) {
      statuses.push((await askToken(place.service, org, { form: grantType, from })).status)
    }
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set([401]))
    const last = await askToken(place.service, org, { form: grantType, from })
    expect(last).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } })
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('meets a client that fetches a token for every call: 60 a minute', async () => {
    const eager = await secretClient(org)
    const ask = () =>
      askToken(place.service, org, { form: grantType, headers: basic(eager.id, eager.secret) })
    for (let count = 0; count < 60; count += 1) expect((await ask()).status).toBe(200)
    expect(await ask()).toMatchObject({ status: 429, body: { error: 'temporarily_unavailable' } })
  })
})
