// Takes everything personal of purged people out of the logs; ids, times and outcomes stay.
import type { Sql, Statement } from '#server/domain/context.ts'
import { formerMember } from '#server/domain/activity-log/scrub-activities.sql.ts'
import type { Change } from './rules/event.ts'
import { formerNames } from './rules/former-names.ts'
import { scrubbed, type Scrubbable, type Scrubbing } from './rules/scrub-exchange.ts'

/** Rows that one statement looks at: each is a transaction of its own, far below any time limit. */
export const exchangesAtOnce = 200
const eventsAtOnce = 2_000

const ownEvents: Statement = {
  text: `UPDATE provisioning_events SET detail = '{}' WHERE org_id = $1 AND user_id = $2`,
}

const changesOf: Statement = {
  text: `SELECT user_id AS "userId", detail->'changes' AS changes FROM provisioning_events
    WHERE org_id = $1 AND user_id = ANY($2::uuid[]) AND jsonb_typeof(detail->'changes') = 'array'`,
}

/** Names of changes of many people, and of whoever did something; ids stay. */
const otherEvents: Statement = {
  text: `WITH block AS (
      SELECT sequence FROM provisioning_events
       WHERE org_id = $1 AND sequence > $2::bigint ORDER BY sequence LIMIT ${String(eventsAtOnce)}),
    done AS (
      UPDATE provisioning_events e
         SET detail = CASE WHEN e.detail #> '{people,ids}' ?| $3::text[] THEN e.detail #- '{people,names}'
                           ELSE e.detail END,
             actor_name = CASE WHEN e.actor_id = ANY($3::uuid[]) THEN $4::text ELSE e.actor_name END
        FROM block WHERE e.org_id = $1 AND e.sequence = block.sequence
         AND (e.actor_id = ANY($3::uuid[]) OR (e.type IN ('group.member_added', 'group.member_removed')
           AND e.detail #> '{people,ids}' ?| $3::text[])))
    SELECT max(sequence)::text AS last, count(*)::int AS rows FROM block`,
}

const exchanges: Statement = {
  text: `SELECT sequence::text AS sequence, user_id AS "userId", path, query, summary,
      request_body AS "requestBody", response_body AS "responseBody", changes
    FROM exchanges WHERE org_id = $1 AND sequence > $2::bigint
    ORDER BY exchanges.sequence LIMIT ${String(exchangesAtOnce)}`,
}

const rewrite: Statement = {
  text: `UPDATE exchanges e
      SET path = x.path, query = x.query, summary = x.summary, request_body = x."requestBody", response_body = x."responseBody",
          changes = NULLIF(x.changes, 'null'::jsonb)
     FROM jsonb_to_recordset($2::jsonb) AS x(sequence bigint, path text, query text, summary text, "requestBody" text,
       "responseBody" text, changes jsonb)
    WHERE e.org_id = $1 AND e.sequence = x.sequence`,
}

/** What they were called by their changes, before these are scrubbed. */
export async function readFormerNames(
  sql: Sql,
  userIds: readonly string[],
): Promise<{ userId: string; names: string[] }[]> {
  const rows = await sql.run<{ userId: string; changes: Change[] }>(changesOf, [userIds])
  return rows.map(({ userId, changes }) => ({ userId, names: formerNames(changes) }))
}

/** The person's own events; few, and found by index. */
export async function scrubOwnEvents(sql: Sql, userId: string): Promise<void> {
  await sql.run(ownEvents, [userId])
}

/**
 * Walks the whole log block by block. Whatever ends it in between leaves the blocks before scrubbed, and doing it again
 * changes nothing about them.
 */
export async function scrubLog(sql: Sql, scrubbing: Scrubbing): Promise<void> {
  await scrubExchanges(sql, scrubbing)
  const ids = [...scrubbing.forgotten.ids]
  for (let last = '0'; ;) {
    const [block] = await sql.run<{ last: string | null; rows: number }>(otherEvents, [
      last,
      ids,
      formerMember,
    ])
    if (block?.last == null || block.rows < eventsAtOnce) return
    last = block.last
  }
}

async function scrubExchanges(sql: Sql, scrubbing: Scrubbing): Promise<void> {
  for (let last = '0'; ;) {
    const rows = await sql.run<Scrubbable>(exchanges, [last])
    const changed = rows.flatMap(row => scrubbed(row, scrubbing) ?? [])
    if (changed.length > 0) await sql.run(rewrite, [JSON.stringify(changed)])
    if (rows.length < exchangesAtOnce) return
    last = rows.at(-1)?.sequence ?? last
  }
}
