// Own meeting types belong to people: keys and tokens have none.
import type { PersonActor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'

/** The caller; throws `event-types/people-only`. */
export function demandPerson(ctx: Pick<Context, 'actor'>, _input: Record<string, never>): PersonActor {
  if (ctx.actor.kind === 'person') return ctx.actor
  throw new DomainError({
    kind: 'forbidden',
    code: 'event-types/people-only',
    message: 'Only people have meeting types of their own. Sign in to the console.',
  })
}
