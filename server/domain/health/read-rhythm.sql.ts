// When the identity provider called last, and how long it usually lets pass between calls.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Rhythm } from './rules/rhythm.ts'

export interface RhythmSigns {
  readonly enforced: boolean
  /** Id of the latest exchange; fetching an access token is none yet. */
  readonly lastContactId: string | null
  readonly lastContactAt: Date | null
  readonly identityProvider: string | null
  readonly rhythm: Rhythm
}

interface Row {
  readonly enforced: boolean
  readonly id: string | null
  readonly at: Date | null
  readonly identity_provider: string | null
  readonly days: number
  readonly gap: number
}

/**
 * Days with calls, and the seconds of the longest gap between hours with calls, in the four weeks before the exchange `last`.
 * Hours are counted while the log is written and outlive it: 672 rows at most.
 */
export const calledHours = `(SELECT count(DISTINCT floor(extract(epoch FROM hour) / 86400))::int AS days,
        COALESCE(max(extract(epoch FROM hour - before)), 0)::float8 AS gap
      FROM (SELECT hour, lag(hour) OVER (ORDER BY hour) AS before FROM exchange_hours
             WHERE org_id = $1 AND hour > last.occurred_at - interval '28 days' AND hour <= last.occurred_at) called)`

const rhythm: Statement = {
  name: 'read-rhythm',
  text: `SELECT o.scim_enforced AS enforced, last.id, last.occurred_at AS at, last.identity_provider,
      hours.days, hours.gap
    FROM organizations o
    LEFT JOIN (SELECT id, occurred_at, identity_provider FROM exchanges
       WHERE org_id = $1 AND path <> '/oauth/token' ORDER BY sequence DESC LIMIT 1) last ON true
    CROSS JOIN LATERAL ${calledHours} hours
    WHERE o.id = $1`,
}

/** The rhythm is that of the four weeks before the latest call. */
export async function readRhythm(sql: Sql): Promise<RhythmSigns> {
  const [row] = await sql.run<Row>(rhythm, [])
  if (row === undefined) throw new Error('The organization is gone.')
  return {
    enforced: row.enforced,
    lastContactId: row.id,
    lastContactAt: row.at,
    identityProvider: row.identity_provider,
    rhythm: { days: row.days, longestGap: row.gap * 1_000 },
  }
}
