// Changes one person: load, decide purely, store if nobody was faster. Every change of a person passes here.
import type { Context } from '#server/domain/context.ts'
import { inTurn, isQueued } from './in-turn.ts'
import { lockUser, readAnyUser } from './read-user.sql.ts'
import { attemptUserChange, type UserChanged, type UserChangeRequest } from './attempt-user-change.ts'

const optimisticTries = 4

/**
 * Applies a decision to one person, with its events and counters, in one transaction. Parallel changes of the same
 * person all happen, one after the other: first by comparing revisions, under contention by locking the row.
 */
export async function applyUserChange(ctx: Context, request: UserChangeRequest): Promise<UserChanged> {
  const person = `${ctx.orgId} ${request.userId}`
  for (let attempt = 1; attempt <= optimisticTries && !isQueued(person); attempt += 1) {
    const outcome = await attemptUserChange(ctx, { request, read: readAnyUser })
    if (outcome !== 'lost-race') return outcome
  }
  return inTurn(person, () => changeLocked(ctx, request))
}

async function changeLocked(ctx: Context, request: UserChangeRequest): Promise<UserChanged> {
  const outcome = await ctx.inSqlTransaction(sql =>
    attemptUserChange({ ...ctx, sql }, { request, read: lockUser }),
  )
  if (outcome === 'lost-race') throw new Error('A locked row changed its revision.')
  if (outcome.changed) ctx.ring()
  return outcome
}
