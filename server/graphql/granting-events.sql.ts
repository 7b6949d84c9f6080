// Finds the events that put people into groups. A reason is written before its event has a number, so they meet by group,
// person and request, from the reason's moment on.
import type { Sql } from '#server/domain/context.ts'

export interface Granting {
  readonly userId: string
  readonly groupId: string
  readonly grantedAt: string
  /** The identity provider's request; null for what an admin did. */
  readonly exchangeId: string | null
}

// No transaction takes longer. An event about many people names the first hundred, and tells how many there were.
const statement = {
  name: 'granting-events',
  text: `SELECT a.n, found.sequence::text FROM jsonb_to_recordset($2::jsonb)
        AS a(n int, "userId" uuid, "groupId" uuid, "grantedAt" timestamptz, "exchangeId" uuid)
    CROSS JOIN LATERAL (
      (SELECT 0 AS rank, e.sequence FROM provisioning_events e
        WHERE e.org_id = $1 AND e.group_id = a."groupId" AND e.type = 'group.member_added'
          AND e.occurred_at BETWEEN a."grantedAt" AND a."grantedAt" + interval '5 minutes'
          AND (a."exchangeId" IS NULL OR e.exchange_id = a."exchangeId")
          AND (e.user_id = a."userId" OR e.detail->'people'->'ids' ? a."userId"::text
            OR (e.detail->'people'->>'count')::int > 100)
        ORDER BY e.sequence LIMIT 1)
      UNION ALL
      (SELECT 1, e.sequence FROM provisioning_events e
        WHERE e.org_id = $1 AND e.user_id = a."userId" AND e.exchange_id = a."exchangeId"
          AND e.type IN ('user.created', 'user.updated', 'user.reactivated', 'user.linked')
        ORDER BY e.sequence LIMIT 1)
      ORDER BY 1 LIMIT 1) found`,
}

/** The number of each event by its place in the list; missing where the log has none (any more). */
export async function findGrantingEvents(
  sql: Sql,
  grantings: readonly Granting[],
): Promise<ReadonlyMap<number, string>> {
  const asked = grantings.map((granting, n) => ({ n, ...granting }))
  const rows = await sql.run<{ n: number; sequence: string }>(statement, [JSON.stringify(asked)])
  return new Map(rows.map(({ n, sequence }) => [n, sequence]))
}
