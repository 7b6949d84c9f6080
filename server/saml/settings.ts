// What the SAML door is given by its host.
import type { Actor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'

export interface SamlDoorSettings {
  /** Origin that people see, without trailing slash. */
  readonly publicUrl: string
  readonly contextFor: (orgId: string, actor: Actor) => Context
  /** The value of the Set-Cookie header that starts a session; made in http/. */
  readonly sessionCookie: (secret: string, expiresAt: Date) => string
  readonly isUnavailable: (error: unknown) => boolean
}
