// Where an organization's authorization server and its documents are (RFC 8414 section 3, RFC 9728 section 3).

export interface OauthAddresses {
  /** Base URL of SCIM, and at the same time issuer and protected resource: one address for everything. */
  readonly issuer: string
  readonly tokenUrl: string
  readonly serverMetadataUrl: string
  readonly resourceMetadataUrl: string
}

/** `publicUrl` is the origin that people see, without trailing slash. */
export function oauthAddresses(publicUrl: string, orgId: string): OauthAddresses {
  const issuer = `${publicUrl}/scim/v2/${orgId}`
  const { origin, pathname } = new URL(issuer)
  return {
    issuer,
    tokenUrl: `${issuer}/oauth/token`,
    serverMetadataUrl: `${origin}/.well-known/oauth-authorization-server${pathname}`,
    resourceMetadataUrl: `${origin}/.well-known/oauth-protected-resource${pathname}`,
  }
}
