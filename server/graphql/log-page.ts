// One page of a log, newest first; its cursors are those of the subscriptions.
import type { Context } from '#server/domain/context.ts'
import { readLogHead, type LogName } from '#server/domain/provisioning-log/read-log.sql.ts'
import { cursorTooOld, parseCursor, printCursor } from '#server/domain/provisioning-log/rules/cursor.ts'
import { turned, windowOf, type PageArguments } from './page.ts'

export interface LogPageQuestion<Row extends { sequence: bigint }> {
  readonly log: LogName
  readonly page: PageArguments
  /** Reads up to `take` lines of the range in the given order. */
  readonly find: (range: { sequence?: { lt: bigint } | { gt: bigint } }, read: LogReading) => Promise<Row[]>
  /** Counts what the filter finds; null when there is no filter, for then the numbers tell. */
  readonly count: (() => Promise<number>) | null
}

export interface LogReading {
  readonly take: number
  readonly orderBy: { readonly sequence: 'asc' | 'desc' }
}

/** The connection. Throws `provisioning-log/bad-cursor` and, for a cursor of a restored log, `cursor-too-old`. */
export async function logPage<Row extends { sequence: bigint }>(
  ctx: Context,
  question: LogPageQuestion<Row>,
) {
  const { log, page, find, count } = question
  const window = windowOf(page)
  const head = await readLogHead(ctx.sql, log)
  const sequence = window.cursor === null ? null : parseCursor(window.cursor)
  if (sequence !== null && sequence.epoch !== head.epoch) {
    throw cursorTooOld({ epoch: head.epoch, sequence: head.oldest - 1n })
  }
  const range = sequence === null ? {} : beyond(sequence.sequence, window.backward)
  const order = window.backward ? 'asc' : 'desc'
  const found = await find(range, { take: window.take + 1, orderBy: { sequence: order } })
  const cursorOf = (row: Row) => printCursor({ epoch: head.epoch, sequence: row.sequence })
  const { rows, pageInfo } = turned(found, window, cursorOf)
  const everything = Number(head.sequence - head.oldest + 1n)
  return {
    edges: rows.map(row => ({ cursor: cursorOf(row), node: row })),
    pageInfo,
    headCursor: printCursor(head),
    total: count ?? (() => Promise.resolve(everything)),
  }
}

/** Newest first: behind a line are the older ones. */
function beyond(sequence: bigint, backward: boolean) {
  return { sequence: backward ? { gt: sequence } : { lt: sequence } }
}
