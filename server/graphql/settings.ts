// What the GraphQL door is given by its host: it can make nothing of this itself.
import type { Actor } from '#server/domain/actor.ts'
import type { Context, InstallationContext } from '#server/domain/context.ts'
import type { IdpMetadata } from '#server/domain/sso/rules/idp-metadata.ts'
import type { Probe } from '#server/domain/scim-tokens/rules/probe.ts'
import type { User } from '#server/domain/users/rules/user.ts'

/** How a browser session travels: made by `sessionCookie` in http/. */
export interface SessionCookie {
  /** The secret inside a Cookie header, or null. */
  readonly read: (header: string | null) => string | null
  /** The value of a Set-Cookie header that starts a session. */
  readonly write: (secret: string, expiresAt: Date) => string
  /** The value of a Set-Cookie header that ends it. */
  readonly clear: () => string
}

export interface GraphqlSettings {
  /** Origin that people see, without trailing slash. */
  readonly publicUrl: string
  /** Bearer token of whoever runs the installation; without one nobody is operator. */
  readonly operatorKey: string | undefined
  /** Whether a mail server is set up. */
  readonly sendsMail: boolean
  /** Opens introspection to anonymous callers. */
  readonly development: boolean
  readonly contextFor: (orgId: string, actor: Actor) => Context
  readonly installationFor: (actor: Actor) => InstallationContext
  readonly cookie: SessionCookie
  /** The same for a sign-in between its two steps. */
  readonly stepCookie: SessionCookie
  /** The SCIM resources of people, in the same order, exactly as the SCIM door answers them. */
  readonly presentUsers: (users: readonly User[], orgId: string) => Promise<readonly unknown[]>
  /** Sends a request to the own SCIM door, as an identity provider would. */
  readonly probe: Probe
  /** Reads the metadata of an identity provider; throws a `DomainError` for what cannot be used. */
  readonly readIdpMetadata: (xml: string) => IdpMetadata
  /** Fetches metadata from an address that a customer chose, if it is safe to go there. */
  readonly fetchMetadata: (address: string) => Promise<string>
  /** For how long a stream relies on its caller's rights before it looks again: milliseconds, a second without it. */
  readonly recheckAfter?: number
  /** After how many milliseconds an operation is stopped; ten seconds without it. */
  readonly longestOperation?: number
  /** Tells the log of an unexpected failure; the caller sees `requestId` only. */
  readonly onFailure: (error: unknown, requestId: string) => void
}
