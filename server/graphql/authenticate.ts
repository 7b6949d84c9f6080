// Tells who calls: a bearer token when there is one, else the session cookie, else nobody.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Actor, AnonymousActor, Origin } from '#server/domain/actor.ts'
import { authenticateApiKey } from '#server/domain/api-keys/authenticate-api-key.ts'
import { resumeSession } from '#server/domain/sessions/resume-session.ts'
import type { GraphqlSettings } from './settings.ts'

/** What a caller shows, over HTTP or on a socket. */
export interface Credentials {
  /** `Bearer …`, or null. */
  readonly authorization: string | null
  /** The Cookie header, or null. */
  readonly cookie: string | null
  readonly origin: Origin
  /** A look that does not count as use, so that an open page alone keeps no session alive. */
  readonly silent?: boolean
}

/**
 * The caller; null when a bearer token was sent that opens nothing. A wrong token never falls back to the cookie
 * beside it. An expired cookie is the same as none.
 */
export async function authenticate(settings: GraphqlSettings, shown: Credentials): Promise<Actor | null> {
  const { origin } = shown
  const nobody: AnonymousActor = { kind: 'anonymous', name: 'Anonymous', origin }
  const installation = settings.installationFor(nobody)
  if (shown.authorization !== null) {
    const bearer = /^Bearer +(\S+)$/i.exec(shown.authorization)?.[1]
    if (bearer === undefined) return null
    if (isOperatorKey(settings, bearer)) return { kind: 'operator', name: 'Operator', origin }
    return authenticateApiKey(installation, { bearer, origin })
  }
  const cookie = settings.cookie.read(shown.cookie)
  if (cookie === null) return nobody
  const person = await resumeSession(installation, { cookie, origin, silent: shown.silent === true })
  return person ?? nobody
}

/** Compares hashes, so that neither length nor content of the key shows in the time taken. */
function isOperatorKey(settings: GraphqlSettings, bearer: string): boolean {
  if (settings.operatorKey === undefined) return false
  return timingSafeEqual(digest(bearer), digest(settings.operatorKey))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
