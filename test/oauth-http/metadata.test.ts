// The documents by which a client finds its way (checklist I12, D4): RFC 8414, RFC 9728, ServiceProviderConfig.
import { beforeAll, describe, expect, it } from 'vitest'
import { publicUrl } from '#test/support/make-app.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { issuerOf, tokenUrlOf, usePlace } from './client.ts'

const place = usePlace()
let org: TestOrganization
beforeAll(async () => {
  org = await newOrganization(place.world)
})

describe('what a client can read before', () => {
  const read = async (url: string) => {
    const { statusCode, body, headers } = await place.service.app.inject({ method: 'GET', url })
    return { status: statusCode, headers, body: JSON.parse(body) as Record<string, unknown> }
  }

  it('I12: is the authorization server by RFC 8414', async () => {
    const { status, body, headers } = await read(
      `/.well-known/oauth-authorization-server/scim/v2/${org.orgId}`,
    )
    expect(status).toBe(200)
    expect(headers['content-type']).toContain('application/json')
    expect(body).toMatchObject({
      issuer: issuerOf(org),
      token_endpoint: tokenUrlOf(org),
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      response_types_supported: [],
      scopes_supported: ['scim'],
    })
    expect(body['token_endpoint_auth_signing_alg_values_supported']).not.toContain('none')
    expect(JSON.stringify(body)).not.toMatch(/HS(256|384|512)/)
  })

  it('I12: is the protected resource by RFC 9728, and every 401 leads to it', async () => {
    const refused = await place.service.app.inject({ method: 'GET', url: `/scim/v2/${org.orgId}/Users` })
    const hint = /resource_metadata="([^"]+)"/.exec(String(refused.headers['www-authenticate']))?.[1] ?? ''
    const { body } = await read(hint.replace(publicUrl, ''))
    expect(body).toMatchObject({
      resource: issuerOf(org),
      authorization_servers: [issuerOf(org)],
      bearer_methods_supported: ['header'],
    })
  })

  it('D4: both schemes stand in ServiceProviderConfig', async () => {
    const { body } = await read(`/scim/v2/${org.orgId}/ServiceProviderConfig`)
    const schemes = body['authenticationSchemes'] as { type: string; description: string }[]
    expect(schemes.map(scheme => scheme.type)).toEqual(['oauthbearertoken', 'oauth2'])
    expect(schemes[1]?.description).toContain(tokenUrlOf(org))
  })

  it.each(['oauth-authorization-server', 'oauth-protected-resource'])(
    'tells nothing of /%s/nobody',
    async name => {
      expect((await read(`/.well-known/${name}/scim/v2/nobody`)).status).toBe(404)
    },
  )
})
