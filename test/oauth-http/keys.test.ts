// Keys that are replaced, clients that are revoked, and what housekeeping forgets (checklist I12).
import { beforeAll, describe, expect, it } from 'vitest'
import { purgeAccessTokens } from '#server/domain/oauth-clients/purge-access-tokens.ts'
import { replaceOauthClientKeys } from '#server/domain/oauth-clients/replace-oauth-client-keys.ts'
import { revokeOauthClient } from '#server/domain/oauth-clients/revoke-oauth-client.ts'
import { day } from '#test/support/fake-clock.ts'
import { newOrganization, testOrigin, type TestOrganization } from '#test/support/make-world.ts'
import { assertionForm, askToken, newSigner, signed, signingClient, usePlace, type Signer } from './client.ts'

const place = usePlace()
let org: TestOrganization
beforeAll(async () => {
  org = await newOrganization(place.world)
})

const show = (assertion: string, at: { orgId: string } = org) =>
  askToken(place.service, at, { form: assertionForm(assertion) })

describe('keys', () => {
  it('that are replaced end the access tokens of those that are gone, at once', async () => {
    const [first, second] = [await newSigner(), await newSigner()]
    const { id } = await signingClient(org, first)
    const tokenOf = async (own: Signer) =>
      (await show(await signed(own, { org, clientId: id, now: place.clock.now() }))).body['access_token']
    const status = async (token: unknown) =>
      (
        await place.service.app.inject({
          method: 'GET',
          url: `/scim/v2/${org.orgId}/Users`,
          headers: { authorization: `Bearer ${String(token)}` },
        })
      ).statusCode
    const old = await tokenOf(first)
    const replace = (...keys: Signer[]) =>
      replaceOauthClientKeys(org.owner.ctx, {
        clientId: id,
        publicKeys: `{"keys":[${keys.map(key => key.jwk).join(',')}]}`,
      })
    await replace(first, second)
    expect(await status(old)).toBe(200)
    const young = await tokenOf(second)
    await replace(second)
    expect([await status(old), await status(young)]).toEqual([401, 200])
    expect(await tokenOf(first)).toBeUndefined()
  })

  it('of a revoked client open nothing', async () => {
    const own = await newSigner()
    const { id } = await signingClient(org, own)
    await revokeOauthClient(org.owner.ctx, { clientId: id })
    expect((await show(await signed(own, { org, clientId: id, now: place.clock.now() }))).status).toBe(401)
  })
})

describe('housekeeping', () => {
  it('forgets tokens and assertions whose time is over, and nothing sooner', async () => {
    const quiet = await newOrganization(place.world)
    const own = await newSigner()
    const { id } = await signingClient(quiet, own)
    await show(await signed(own, { org: quiet, clientId: id, now: place.clock.now() }), quiet)
    const system = place.world.contextFor(quiet.orgId, {
      kind: 'system',
      name: 'Rollcall',
      origin: testOrigin,
    })
    const { orgId } = quiet
    const counts = async () => [
      await system.db.oauthAccessToken.count({ where: { orgId } }),
      await system.db.oauthAssertion.count({ where: { orgId } }),
    ]
    await purgeAccessTokens(system)
    expect(await counts()).toEqual([1, 1])
    place.clock.advance(day)
    await purgeAccessTokens(system)
    expect(await counts()).toEqual([1, 0])
    place.clock.advance(day)
    await purgeAccessTokens(system)
    expect(await counts()).toEqual([0, 0])
  })
})
