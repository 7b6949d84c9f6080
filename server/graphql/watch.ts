// Looks again whether a caller may still do what they began: streams outlive sessions, keys and roles.
import type { Actor } from '#server/domain/actor.ts'
import { DomainError } from '#server/domain/error.ts'
import { authenticate, type Credentials } from './authenticate.ts'
import type { GraphqlSettings } from './settings.ts'

/** `changed`: the same caller with other rights. */
export type Standing = 'same' | 'changed' | 'ended'
/** `fresh` looks now, whatever is remembered. */
export type Watch = (shown: Credentials, actor: Actor, fresh?: 'fresh') => Promise<Standing>

const remembered = 1_000
const usualRecheck = 1_000

/** Remembers each answer for a moment, so that many streams of one caller ask once. */
export function createWatch(settings: GraphqlSettings): Watch {
  const answers = new Map<string, { at: number; actor: Promise<Actor | null> }>()
  const look = (shown: Credentials, fresh: boolean): Promise<Actor | null> => {
    const key = `${shown.authorization ?? ''}\n${shown.cookie ?? ''}`
    const known = fresh ? undefined : answers.get(key)
    const now = performance.now()
    if (known !== undefined && now - known.at < (settings.recheckAfter ?? usualRecheck)) return known.actor
    if (answers.size >= remembered) answers.clear()
    const actor = authenticate(settings, { ...shown, silent: true })
    answers.set(key, { at: now, actor })
    return actor
  }
  return async (shown, actor, fresh) => standingOf(actor, await look(shown, fresh === 'fresh'))
}

function standingOf(before: Actor, now: Actor | null): Standing {
  if (now === null || now.kind !== before.kind) return 'ended'
  return rightsOf(before) === rightsOf(now) ? 'same' : 'changed'
}

function rightsOf(actor: Actor): string {
  if (actor.kind === 'person') return `${actor.userId} ${actor.role}`
  return actor.kind === 'api-key' ? `${actor.keyId} ${actor.scopes.join(' ')}` : actor.kind
}

/** What a stream answers before it ends because its caller lost the right to it. */
export function lostRights(): DomainError {
  return new DomainError({
    kind: 'forbidden',
    code: 'actor/rights-changed',
    message: 'Your session or your rights have changed. Sign in again.',
  })
}
