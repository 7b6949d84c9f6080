// Follows a log from a cursor on: first everything since, then live, each row once, in commit order.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { LogTail, type LogRow } from './log-tail.ts'
import { cursorTooOld, parseCursor, printCursor } from './rules/cursor.ts'
import { readLogHead, type LogHead, type LogName } from './read-log.sql.ts'

export interface FollowLogInput {
  readonly log: LogName
  /** The cursor of the last message the client kept; without it the stream starts now. */
  readonly after?: string | null
  /** Ends the stream. */
  readonly signal: AbortSignal
}

export interface Followed<Row> {
  readonly cursor: string
  readonly row: Row
}

/** One world (database) each, so that tests and servers in one process never share rows. */
const tailsOf = new WeakMap<object, Map<string, LogTail<LogRow>>>()

/**
 * Yields every committed row behind the cursor exactly once. Pulls a block at a time, so memory is bounded however
 * slow the reader. Throws `provisioning-log/cursor-too-old` and `provisioning-log/bad-cursor`.
 */
export async function* followLog<Row extends LogRow>(
  ctx: Context,
  input: FollowLogInput,
): AsyncGenerator<Followed<Row>, void, undefined> {
  demand(ctx.actor, 'log:read')
  const listener = ctx.listen()
  try {
    const head = await readLogHead(ctx.sql, input.log)
    let position = startOf(head, input.after ?? null)
    const tail = tailOf(ctx, { log: input.log, head })
    while (!input.signal.aborted) {
      const rows = await tail.rowsAfter(ctx, position)
      yield* followed<Row>(rows, { epoch: head.epoch, signal: input.signal })
      const last = rows.at(-1)
      if (last === undefined) await listener.next(input.signal)
      else position = BigInt(last.sequence)
    }
  } finally {
    listener.close()
  }
}

function* followed<Row>(
  rows: readonly LogRow[],
  stream: { epoch: string; signal: AbortSignal },
): Generator<Followed<Row>, void, undefined> {
  for (const row of rows) {
    if (stream.signal.aborted) return
    yield { cursor: printCursor({ epoch: stream.epoch, sequence: BigInt(row.sequence) }), row: row as Row }
  }
}

function startOf(head: LogHead, after: string | null): bigint {
  if (after === null) return head.sequence
  const position = parseCursor(after)
  const reachable = position.epoch === head.epoch && position.sequence >= head.oldest - 1n
  if (!reachable || position.sequence > head.sequence) {
    throw cursorTooOld({ epoch: head.epoch, sequence: head.oldest - 1n })
  }
  return position.sequence
}

/** The tail that all followers of an organization's log share; it begins where the first one found the log. */
function tailOf(ctx: Context, what: { log: LogName; head: LogHead }): LogTail<LogRow> {
  const tails = tailsOf.get(ctx.clock) ?? new Map<string, LogTail<LogRow>>()
  tailsOf.set(ctx.clock, tails)
  const key = `${ctx.orgId} ${what.log} ${what.head.epoch}`
  const tail = tails.get(key) ?? new LogTail<LogRow>(what.log, what.head.sequence)
  tails.set(key, tail)
  return tail
}
