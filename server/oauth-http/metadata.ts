// What a client may read before it has anything: the authorization server (RFC 8414) and the resource (RFC 9728).
import { oauthAddresses } from '#server/domain/oauth-clients/rules/addresses.ts'
import { assertionAlgorithms } from '#server/domain/oauth-clients/rules/algorithms.ts'
import { scimScope } from '#server/domain/oauth-clients/rules/client.ts'

/** RFC 8414 section 2. There is no authorization endpoint, so no response type either. */
export function serverMetadata(publicUrl: string, orgId: string) {
  const { issuer, tokenUrl } = oauthAddresses(publicUrl, orgId)
  return {
    issuer,
    token_endpoint: tokenUrl,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: assertionAlgorithms,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    scopes_supported: [scimScope],
    protected_resources: [issuer],
  }
}

/** RFC 9728 section 2: the base URL of SCIM is the resource and its own authorization server. */
export function resourceMetadata(publicUrl: string, orgId: string) {
  const { issuer } = oauthAddresses(publicUrl, orgId)
  return {
    resource: issuer,
    authorization_servers: [issuer],
    scopes_supported: [scimScope],
    bearer_methods_supported: ['header'],
    resource_name: 'Rollcall SCIM 2.0',
  }
}
