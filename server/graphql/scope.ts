// The authorization rules that types and fields name; every root field and every type has one (test/graphql/schema-walk).
import { may, type Permission } from '#server/domain/actor.ts'
import { DomainError } from '#server/domain/error.ts'
import type { GraphqlContext } from './call.ts'
import { notSignedIn } from './call.ts'
import { ForbiddenProblem } from './problems.ts'

export interface Scopes {
  /** Open to anonymous callers, on purpose. */
  anyone: boolean
  /** Somebody of an organization: a person or an API key. */
  member: boolean
  operator: boolean
  /** The caller's role or key allows it inside their own organization. */
  may: Permission
}

/** How each rule is decided; read from the call each time, because a call can sign in. */
export function scopesOf({ call }: GraphqlContext) {
  return {
    anyone: () => true,
    member: () => call.orgId !== null,
    operator: () => call.actor.kind === 'operator',
    may: (permission: Permission) => may(call.actor, permission),
  }
}

/** The refusal: "sign in" for anonymous callers, a declared problem for the others. */
export function unauthorized({ call }: GraphqlContext): Error {
  if (call.actor.kind === 'anonymous') return notSignedIn()
  const message =
    call.actor.kind === 'operator'
      ? 'The operator key opens no data inside organizations. Use an API key of the organization.'
      : 'You may not see or do this. Ask an owner or admin of your organization.'
  return new ForbiddenProblem(new DomainError({ kind: 'forbidden', code: 'actor/not-permitted', message }))
}
