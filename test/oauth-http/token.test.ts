// Access tokens for client secrets (checklist I12, GA7, PI2): how they are given, what they open, when they end.
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { revokeOauthClient } from '#server/domain/oauth-clients/revoke-oauth-client.ts'
import { revokeOauthClientSecret } from '#server/domain/oauth-clients/revoke-oauth-client-secret.ts'
import { rotateOauthClientSecret } from '#server/domain/oauth-clients/rotate-oauth-client-secret.ts'
import { day, minute } from '#test/support/fake-clock.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { askToken, basic, formType, grantType, issuerOf, secretClient, tokenFor, usePlace } from './client.ts'

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

describe('a token', () => {
  it.each([
    ['Basic', () => ({ form: grantType, headers: basic(client.id, client.secret) })],
    ['the form', () => ({ form: { ...grantType, client_id: client.id, client_secret: client.secret } })],
    [
      'Basic, with the id in the form again',
      () => ({ form: { ...grantType, client_id: client.id }, headers: basic(client.id, client.secret) }),
    ],
    [
      'the scope and the resource named',
      () => ({
        form: { ...grantType, scope: 'scim', resource: issuerOf(org) },
        headers: basic(client.id, client.secret),
      }),
    ],
    [
      'a charset and empty parameters',
      () => ({
        form: { ...grantType, scope: '', client_assertion: '' },
        headers: { 'content-type': `${formType};charset=UTF-8`, ...basic(client.id, client.secret) },
      }),
    ],
  ])('I12, GA7: is given for %s, and opens SCIM', async (_case, asked) => {
    const answer = await askToken(place.service, org, asked())
    expect(answer.status).toBe(200)
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', pragma: 'no-cache' })
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(answer.body).toEqual({
      access_token: expect.stringMatching(/^rc_access_\w{59}$/) as string,
      token_type: 'Bearer',
      expires_in: 3_600,
      scope: 'scim',
    })
    expect((await scim(String(answer.body['access_token']))).statusCode).toBe(200)
  })

  it('lives as long as the client says, and not a moment longer', async () => {
    const long = await secretClient(org, { accessTokenMinutes: 360 })
    const token = await tokenFor(place.service, org, long)
    place.clock.advance(360 * minute - 1)
    expect((await scim(token)).statusCode).toBe(200)
    place.clock.advance(1)
    expect((await scim(token)).statusCode).toBe(401)
  })

  it('never outlives its secret', async () => {
    const short = await secretClient(org)
    place.clock.advance(365 * day - 10 * minute)
    const { body } = await askToken(place.service, org, {
      form: grantType,
      headers: basic(short.id, short.secret),
    })
    expect(body['expires_in']).toBe(600)
    place.clock.advance(10 * minute)
    expect((await scim(String(body['access_token']))).statusCode).toBe(401)
    client = await secretClient(org)
  })

  it('T6: of one organization opens no other', async () => {
    const other = await newOrganization(place.world)
    const token = await tokenFor(place.service, org, client)
    expect((await scim(token, other)).statusCode).toBe(401)
  })

  it('ends at once when its client is revoked', async () => {
    const ending = await secretClient(org)
    const token = await tokenFor(place.service, org, ending)
    await revokeOauthClient(org.owner.ctx, { clientId: ending.id })
    const refused = await scim(token)
    expect(refused.statusCode).toBe(401)
    expect(refused.headers['www-authenticate']).toContain('resource_metadata=')
  })

  it('ends at once when its secret is revoked, while those of the other secret live on', async () => {
    const both = await secretClient(org)
    const first = await tokenFor(place.service, org, both)
    const next = await rotateOauthClientSecret(org.owner.ctx, { clientId: both.id, oldEnds: 'keep' })
    const second = await tokenFor(place.service, org, { id: both.id, secret: next.secret })
    expect((await scim(first)).statusCode).toBe(200)
    const old = await org.scim.db.oauthClientSecret.findFirstOrThrow({
      where: { orgId: org.orgId, clientId: both.id, id: { not: next.secretId } },
    })
    await revokeOauthClientSecret(org.owner.ctx, { secretId: old.id })
    expect((await scim(first)).statusCode).toBe(401)
    expect((await scim(second)).statusCode).toBe(200)
    const refused = await askToken(place.service, org, {
      form: grantType,
      headers: basic(both.id, both.secret),
    })
    expect(refused.status).toBe(401)
  })

  it('trust T19: stands nowhere in the database but as a hash, and the log names its client', async () => {
    const token = await tokenFor(place.service, org, client)
    await scim(token, org, '/Users?count=1')
    const line = await logged('Gave Entra ID an access token for 60 minutes')
    expect(line).toMatchObject({ tokenName: 'Entra ID', status: 200, requestBody: null, responseBody: null })
    await vi.waitFor(async () => {
      const seen = await org.scim.db.exchange.findFirst({
        where: { orgId: org.orgId, path: '/Users', query: 'count=1' },
      })
      expect(seen).toMatchObject({ tokenId: client.id, tokenName: 'Entra ID' })
    })
    for (const secret of [token, client.secret]) {
      for (const table of [
        'exchanges',
        'oauth_access_tokens',
        'oauth_client_secrets',
        'activities',
        'provisioning_events',
      ]) {
        const { rows } = await place.world.database.pool.query(
          `SELECT 1 FROM ${table} t WHERE strpos(t::text, $1) > 0`,
          [secret.slice(21)],
        )
        expect(rows, table).toEqual([])
      }
    }
  })

  it('is not what a client secret is: the secret itself opens nothing', async () => {
    expect((await scim(client.secret)).statusCode).toBe(401)
  })
})
