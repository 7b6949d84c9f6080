// Reads the two logs behind a number: events and exchanges, in the order they were committed.
import type { Sql, Statement } from '#server/domain/context.ts'

export type LogName = 'events' | 'exchanges'

const tables: Record<LogName, { rows: string; stream: string }> = {
  events: { rows: 'provisioning_events', stream: 'organization_streams' },
  exchanges: { rows: 'exchanges', stream: 'exchange_streams' },
}

const after = statements(
  'read-log',
  ({ rows }) =>
    `SELECT * FROM ${rows} WHERE org_id = $1 AND sequence > $2::bigint ORDER BY sequence LIMIT $3::int`,
)
const head = statements(
  'read-log-head',
  ({ stream, rows }) => `SELECT s.epoch, s.sequence::text AS sequence,
      (SELECT min(sequence)::text FROM ${rows} WHERE org_id = $1) AS oldest
    FROM ${stream} s WHERE s.org_id = $1`,
)

function statements(
  name: string,
  text: (table: { rows: string; stream: string }) => string,
): Record<LogName, Statement> {
  return {
    events: { name: `${name}-events`, text: text(tables.events) },
    exchanges: { name: `${name}-exchanges`, text: text(tables.exchanges) },
  }
}

export interface LogHead {
  readonly epoch: string
  /** The last number given out. */
  readonly sequence: bigint
  /** The oldest number still kept; one past the last when nothing is kept. */
  readonly oldest: bigint
}

/** Where a log stands. */
export async function readLogHead(sql: Sql, log: LogName): Promise<LogHead> {
  const [row] = await sql.run<{ epoch: string; sequence: string; oldest: string | null }>(head[log], [])
  if (row === undefined) throw new Error('The organization has no log.')
  const sequence = BigInt(row.sequence)
  return { epoch: row.epoch, sequence, oldest: row.oldest === null ? sequence + 1n : BigInt(row.oldest) }
}

/** Up to `limit` raw rows behind a number; columns as in the table, `sequence` as text. */
export async function readLogRows<Row extends { sequence: string }>(
  sql: Sql,
  question: { log: LogName; after: bigint; limit: number },
): Promise<Row[]> {
  return sql.run<Row>(after[question.log], [question.after.toString(), question.limit])
}
