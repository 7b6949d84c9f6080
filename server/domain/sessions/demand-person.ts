// What only a signed-in person has: sessions.
import type { Actor, PersonActor } from '#server/domain/actor.ts'
import { DomainError } from '#server/domain/error.ts'

/** The person. Throws `sessions/people-only` for keys, the operator and callers without a session. */
export function demandPerson(actor: Actor): PersonActor {
  if (actor.kind === 'person') return actor
  throw new DomainError({
    kind: 'forbidden',
    code: 'sessions/people-only',
    message: 'Only people have sessions. Sign in to the Rollcall console.',
  })
}
