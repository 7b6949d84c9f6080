// Deletes the oldest rows of a log; always from the old end, so that what is kept stays without gaps.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { LogName } from './read-log.sql.ts'

const block = 3_000

function statement(table: string): Statement {
  return {
    text: `DELETE FROM ${table} WHERE org_id = $1 AND sequence IN (
        SELECT sequence FROM (
          SELECT sequence, occurred_at FROM ${table} WHERE org_id = $1 ORDER BY sequence LIMIT ${String(block)}) oldest
         WHERE occurred_at < $2::timestamptz)
      RETURNING sequence`,
  }
}

const statements: Record<LogName, Statement> = {
  events: statement('provisioning_events'),
  exchanges: statement('exchanges'),
}

/** Deletes everything before a moment; answers how many rows. */
export async function pruneLog(sql: Sql, what: { log: LogName; before: Date }): Promise<number> {
  for (let total = 0; ;) {
    const rows = await sql.run(statements[what.log], [what.before])
    total += rows.length
    if (rows.length < block) return total
  }
}
