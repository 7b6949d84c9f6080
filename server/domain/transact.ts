// The only place that opens a transaction: collects events and notes, writes them last, commits, rings the bell.
import type { Clock, Context, Db, Sql } from './context.ts'
import { DomainError } from './error.ts'
import { appendEvents } from './provisioning-log/append-events.sql.ts'
import type { NewEvent } from './provisioning-log/rules/event.ts'
import { readMappingVersion } from './group-mappings/read-mapping.sql.ts'
import { mappingMoved } from './group-mappings/rules/refusals.ts'
import type { ValueChange } from './group-mappings/rules/value-change.ts'
import { noTally, sumOf, type Tally } from './provisioning-log/rules/tally.ts'
import { writeActivities, type NewActivity } from './activity-log/write-activities.sql.ts'
import { noSeatLeft } from './users/no-seat-left.ts'
import { isRetryable } from './retryable.ts'

/** What exists only inside a transaction; forgetting to open one does not compile. */
export interface SqlTransaction {
  readonly orgId: string
  readonly clock: Clock
  readonly actor: Context['actor']
  readonly sendsMail: boolean
  readonly sql: Sql
  /** Adds a fact to the provisioning log. */
  record: (event: NewEvent) => void
  /** Counts people who change state; seats are checked when the transaction ends. */
  count: (tally: Tally) => void
  /** Counts the values of the group attribute that people carry. */
  carry: (values: readonly ValueChange[]) => void
  /** Says by which version of the group mapping people were placed; throws at the end when there is another one. */
  placedBy: (version: number) => void
  /** The transaction changes the group mapping: whoever is placing people starts over. */
  remap: () => void
}

/** The same with Prisma's client. */
export interface Transaction extends SqlTransaction {
  readonly db: Db
  /** Adds a line to the activity log. */
  note: (activity: NewActivity) => void
}

interface Options {
  readonly timeout?: number
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
  options: Options = {},
): Promise<T> {
  return untilWon(ctx, () =>
    ctx.inTransaction(async ({ db, sql }) => {
      const activities: NewActivity[] = []
      const { tx, close } = begin(ctx, sql)
      const full: Transaction = { ...tx, db, note: activity => activities.push(activity) }
      const result = await work(full)
      await writeActivities(full, activities)
      await close()
      return result
    }, options),
  )
}

/** `transact` for work that is hand-written statements only, as on the paths that identity providers take all day. */
export async function transactSql<T>(
  ctx: Context,
  work: (tx: SqlTransaction) => Promise<T>,
  options: Options = {},
): Promise<T> {
  return untilWon(ctx, () =>
    ctx.inSqlTransaction(async sql => {
      const { tx, close } = begin(ctx, sql)
      const result = await work(tx)
      await close()
      return result
    }, options),
  )
}

async function untilWon<T>(ctx: Context, attempt: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      const result = await attempt()
      ctx.ring()
      return result
    } catch (error) {
      if (count >= tries || !isRetryable(error)) throw error
    }
  }
}

/** Collects what is left behind; `close` writes it as the last statement, because that locks the counter row. */
function begin(ctx: Context, sql: Sql): { tx: SqlTransaction; close: () => Promise<void> } {
  const events: NewEvent[] = []
  const values: ValueChange[] = []
  let tally = noTally
  let placedBy: number | null = null
  let remaps = false
  const tx: SqlTransaction = {
    orgId: ctx.orgId,
    clock: ctx.clock,
    actor: ctx.actor,
    sendsMail: ctx.sendsMail,
    sql,
    record: event => events.push(event),
    count: difference => {
      tally = sumOf([tally, difference])
    },
    carry: changes => values.push(...changes),
    placedBy: version => {
      placedBy = version
    },
    remap: () => {
      remaps = true
    },
  }
  const close = async (): Promise<void> => {
    const nothing = events.length + values.length === 0 && tally === noTally
    if (nothing && placedBy === null && !remaps) return
    const sequence = await appendEvents(tx, { events, tally, placedBy, remaps, values })
    if (sequence === null) throw await refusalOf(tx, placedBy)
  }
  return { tx, close }
}

/** Why the counter row did not take the ending. */
async function refusalOf(tx: SqlTransaction, placedBy: number | null): Promise<DomainError> {
  const moved = placedBy !== null && (await readMappingVersion(tx.sql)) !== placedBy
  return moved ? mappingMoved() : noSeatLeft(tx)
}

/** Someone else was faster: `transact` starts over. */
export function lostRace(what: string): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'transact/lost-race',
    message: `${what} was changed by someone else at the same moment. Try again.`,
  })
}
