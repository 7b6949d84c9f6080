// The refusals of the token endpoint, in the words of RFC 6749 section 5.2.

/** `temporarily_unavailable` is of section 4.1.2.1, `invalid_target` of RFC 8707; the others are of section 5.2. */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'temporarily_unavailable'
  | 'server_error'

interface Refusal {
  readonly error: OauthErrorCode
  /** For the person who sets the identity provider up; without quotes and backslashes, as the grammar wants it. */
  readonly description: string
  /** 400 without it. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown anywhere behind the door; becomes the JSON answer. */
export class OauthError extends Error {
  readonly code: OauthErrorCode
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(refusal: Refusal) {
    super(refusal.description)
    this.code = refusal.error
    this.status = refusal.status ?? 400
    this.headers = refusal.headers ?? {}
  }

  toBody(): { error: string; error_description: string } {
    return { error: this.code, error_description: this.message }
  }
}

/** A request that is not what the specification describes. */
export function invalidRequest(description: string): OauthError {
  return new OauthError({ error: 'invalid_request', description })
}

/**
 * One text for everything that is wrong with a client, so that nobody learns which part it was; `reason` and the
 * client are for the provisioning log. The challenge answers a client that tried Basic (section 5.2).
 */
export class InvalidClient extends OauthError {
  readonly reason: string
  readonly known: { readonly id: string; readonly name: string } | null

  constructor(what: { reason: string; known: InvalidClient['known']; basic: boolean }) {
    super({
      error: 'invalid_client',
      status: 401,
      description:
        'The client id, its secret or its assertion is wrong or no longer valid. Compare them with Rollcall under ' +
        'Login > User provisioning.',
      headers: what.basic ? { 'www-authenticate': 'Basic realm="SCIM", charset="UTF-8"' } : {},
    })
    this.reason = what.reason
    this.known = what.known
  }
}
