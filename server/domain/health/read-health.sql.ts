// The numbers behind the health page, each from the smallest place that knows it.
import type { Sql, Statement } from '#server/domain/context.ts'
import { calledHours } from './read-rhythm.sql.ts'

export interface SignsRow {
  readonly enforced: boolean
  readonly last_id: string | null
  readonly last_at: Date | null
  readonly identity_provider: string | null
  readonly last_success_at: Date | null
  readonly p95: number | null
  readonly succeeded: number
  readonly refused: number
  readonly failed: number
  readonly linked: number
  readonly not_linked: number
  readonly pending_over_week: number
  /** Days with calls and the longest gap in seconds: see rules/rhythm.ts. */
  readonly days: number
  readonly gap: number
  readonly seats_used: number
  readonly seat_limit: number | null
}

const signs: Statement = {
  name: 'health-signs',
  text: `SELECT o.scim_enforced AS enforced, last.id AS last_id, last.occurred_at AS last_at, last.identity_provider,
      (SELECT occurred_at FROM exchanges WHERE org_id = $1 AND status < 400 AND path <> '/oauth/token'
         ORDER BY sequence DESC LIMIT 1)
        AS last_success_at,
      (SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) FROM (
        SELECT duration_ms FROM exchanges WHERE org_id = $1 ORDER BY sequence DESC LIMIT 1000) latest) AS p95,
      hours.succeeded, hours.refused, hours.failed, people.linked, people.not_linked, people.pending_over_week,
      called.days, called.gap, people.seats_used, o.seat_limit
    FROM organizations o
    CROSS JOIN (
      SELECT COALESCE(sum(succeeded), 0)::int AS succeeded, COALESCE(sum(refused), 0)::int AS refused,
             COALESCE(sum(failed), 0)::int AS failed
        FROM exchange_hours WHERE org_id = $1 AND hour > $2::timestamptz) hours
    CROSS JOIN (
      SELECT s.pending + s.active + s.deactivated - unlinked.count AS linked, unlinked.count AS not_linked,
             waiting.count AS pending_over_week, s.pending + s.active AS seats_used
        FROM organization_streams s
        CROSS JOIN (SELECT count(*)::int AS count FROM users
          WHERE org_id = $1 AND linked_at IS NULL AND deleted_at IS NULL) unlinked
        CROSS JOIN (SELECT count(*)::int AS count FROM users
          WHERE org_id = $1 AND status = 'pending' AND created_at < $3::timestamptz) waiting
       WHERE s.org_id = $1) people
    LEFT JOIN (
      SELECT id, occurred_at, identity_provider FROM exchanges
       WHERE org_id = $1 AND path <> '/oauth/token' ORDER BY sequence DESC LIMIT 1) last ON true
    CROSS JOIN LATERAL ${calledHours} called
    WHERE o.id = $1`,
}

/**
 * The switch; the latest exchange (fetching an access token is none yet) and the 95th percentile of the latest 1,000; the counts of the hours that begin
 * after `since`; people by link, and those who wait for their first sign-in since before `pendingBefore`.
 */
export async function readSigns(sql: Sql, times: { since: Date; pendingBefore: Date }): Promise<SignsRow> {
  const [row] = await sql.run<SignsRow>(signs, [times.since, times.pendingBefore])
  if (row === undefined) throw new Error('The organization is gone.')
  return row
}

// Whoever came in later, by a free seat or by hand, waits no more.
const waiting: Statement = {
  name: 'health-waiting-for-seat',
  text: `SELECT count(DISTINCT COALESCE(r.user_id::text, r.name))::int AS count
    FROM (SELECT user_id, lower(substring(request_body from '(?i)"userName"\\s*:\\s*"([^"\\\\]+)"')) AS name
            FROM (SELECT user_id, request_body, summary, occurred_at FROM exchanges
                   WHERE org_id = $1 AND status >= 400 ORDER BY sequence DESC LIMIT 5000) latest
           WHERE summary LIKE 'No free seat%' AND occurred_at > $2::timestamptz) r
   WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.org_id = $1 AND u.status IN ('active', 'pending')
     AND (u.id = r.user_id OR u.user_name_key = r.name))`,
}

/** People refused since a moment because no seat was free, each once. */
export async function readWaitingForSeat(sql: Sql, since: Date): Promise<number> {
  const [row] = await sql.run<{ count: number }>(waiting, [since])
  return row?.count ?? 0
}

export interface AttentionRow {
  readonly summary: string
  readonly status: number
  readonly scim_type: string | null
  readonly count: number
  readonly last_at: Date
}

// What is quoted names a person or value; without it, equal reasons are equal texts. A single one is shown whole.
const attention: Statement = {
  name: 'health-attention',
  text: `SELECT CASE WHEN count(*) = 1 THEN min(summary) ELSE reason END AS summary, status, scim_type,
      count(*)::int AS count, max(occurred_at) AS last_at
    FROM (SELECT summary, status, scim_type, occurred_at, regexp_replace(summary, '"[^"]*"', '"…"', 'g') AS reason
            FROM (SELECT summary, status, scim_type, occurred_at FROM exchanges
                   WHERE org_id = $1 AND status >= 400 ORDER BY sequence DESC LIMIT 5000) latest
           WHERE occurred_at > $2::timestamptz) recent
    GROUP BY reason, status, scim_type ORDER BY count(*) DESC, max(occurred_at) DESC LIMIT 10`,
}

/** Refused and failed requests since a moment, grouped by reason, the most frequent ten. */
export function readAttention(sql: Sql, since: Date): Promise<AttentionRow[]> {
  return sql.run<AttentionRow>(attention, [since])
}
