// The only place that opens a transaction: collects events and notes, writes them last, commits, rings the bell.
import type { Clock, Connection, Context } from './context.ts'
import { DomainError } from './error.ts'
import { appendEvents } from './provisioning-log/append-events.sql.ts'
import type { NewEvent } from './provisioning-log/rules/event.ts'
import { noTally, type Tally } from './provisioning-log/rules/tally.ts'
import { writeActivities, type NewActivity } from './activity-log/write-activities.ts'
import { noSeatLeft } from './users/no-seat-left.ts'
import { isRetryable } from './retryable.ts'

/** What exists only inside a transaction; forgetting to open one does not compile. */
export interface Transaction extends Connection {
  readonly orgId: string
  readonly clock: Clock
  readonly actor: Context['actor']
  /** Adds a fact to the provisioning log. */
  record: (event: NewEvent) => void
  /** Adds a line to the activity log. */
  note: (activity: NewActivity) => void
  /** Counts people who change state; seats are checked when the transaction ends. */
  count: (tally: Tally) => void
}

const tries = 5

/**
 * Runs `work` in one transaction and commits it with its events, or not at all. Starts over after a lost race
 * (serialization failure, deadlock, lost version race), so `work` must have no effect outside its transaction.
 * Throws `users/no-seat-left` when the people it counted need more seats than are free.
 */
export async function transact<T>(
  ctx: Context,
  work: (tx: Transaction) => Promise<T>,
  options: { readonly timeout?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await ctx.inTransaction(connection => workAndRecord(ctx, connection, work), options)
      ctx.ring()
      return result
    } catch (error) {
      if (attempt >= tries || !isRetryable(error)) throw error
    }
  }
}

async function workAndRecord<T>(
  ctx: Context,
  connection: Connection,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const events: NewEvent[] = []
  const activities: NewActivity[] = []
  let tally = noTally
  const tx: Transaction = {
    ...connection,
    orgId: ctx.orgId,
    clock: ctx.clock,
    actor: ctx.actor,
    record: event => events.push(event),
    note: activity => activities.push(activity),
    count: difference => {
      tally = add(tally, difference)
    },
  }
  const result = await work(tx)
  await writeActivities(tx, activities)
  if (events.length > 0 || tally !== noTally) {
    const sequence = await appendEvents(tx, { events, tally })
    if (sequence === null) throw await noSeatLeft(tx)
  }
  return result
}

function add(one: Tally, other: Tally): Tally {
  return {
    pending: one.pending + other.pending,
    active: one.active + other.active,
    deactivated: one.deactivated + other.deactivated,
    deleted: one.deleted + other.deleted,
  }
}

/** Someone else was faster: `transact` starts over. */
export function lostRace(what: string): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'transact/lost-race',
    message: `${what} was changed by someone else at the same moment. Try again.`,
  })
}
