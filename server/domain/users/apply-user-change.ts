// Changes one person: load, decide purely, store if nobody was faster. Every change of a person passes here.
import { writeActivities } from '#server/domain/activity-log/write-activities.sql.ts'
import type { Context } from '#server/domain/context.ts'
import { lostRace } from '#server/domain/transact.ts'
import { inTurn, isQueued } from './in-turn.ts'
import { lockUser, readAnyUser, readAnyUserWithGroups } from './read-user.sql.ts'
import {
  attemptUserChange,
  type NotYet,
  type UserChanged,
  type UserChangeRequest,
} from './attempt-user-change.ts'

const optimisticTries = 4
const patientTries = 30

/**
 * Applies a decision to one person, with its events and counters, in one transaction. Parallel changes of the same
 * person all happen, one after the other: first by comparing revisions, under contention by locking the row.
 */
export async function applyUserChange(ctx: Context, request: UserChangeRequest): Promise<UserChanged> {
  const read = request.withGroups === true ? readAnyUserWithGroups : readAnyUser
  const person = `${ctx.orgId} ${request.userId}`
  for (let attempt = 1; attempt <= optimisticTries && !isQueued(person); attempt += 1) {
    const outcome = await attemptUserChange(ctx, { request, read })
    if (isOver(outcome)) return outcome
    if (outcome === 'must-lock') break
  }
  return inTurn(person, () => changeInTurn(ctx, request))
}

/** Whoever moves between groups is not locked first, for groups come before people: they try until they win. */
async function changeInTurn(ctx: Context, request: UserChangeRequest): Promise<UserChanged> {
  for (let attempt = 1; attempt <= patientTries; attempt += 1) {
    const locked = await ctx.inSqlTransaction(sql => changeLocked({ ...ctx, sql }, request))
    if (isOver(locked)) return rung(ctx, locked)
    if (locked === 'lost-race') continue
    const outcome = await attemptUserChange(ctx, { request, read: readAnyUser })
    if (isOver(outcome)) return outcome
  }
  throw lostRace('The person')
}

async function changeLocked(ctx: Context, request: UserChangeRequest) {
  const outcome = await attemptUserChange(ctx, { request, read: lockUser, inTransaction: true })
  if (isOver(outcome) && outcome.activity !== undefined) await writeActivities(ctx, [outcome.activity])
  return outcome
}

function isOver(outcome: UserChanged | NotYet): outcome is UserChanged {
  return typeof outcome !== 'string'
}

/** The bell of the attempt rang before the transaction was over. */
function rung(ctx: Context, outcome: UserChanged): UserChanged {
  if (outcome.changed) ctx.ring()
  return outcome
}
