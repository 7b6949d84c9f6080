// What the SAML door is given by its host.
import type { Actor, Origin, PersonActor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'

export interface SamlDoorSettings {
  /** Origin that people see, without trailing slash. */
  readonly publicUrl: string
  readonly contextFor: (orgId: string, actor: Actor) => Context
  /** The value of the Set-Cookie header that starts a session; made in http/. */
  readonly sessionCookie: (secret: string, expiresAt: Date) => string
  /** Whose session a Cookie header carries; null for none that is good. */
  readonly personOf: (cookies: string | undefined, origin: Origin) => Promise<PersonActor | null>
  readonly isUnavailable: (error: unknown) => boolean
}
