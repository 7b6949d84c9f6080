// What an identity provider has done at least once, with the latest time it did so.
import type { Sql, Statement } from '#server/domain/context.ts'

export interface MilestoneRow {
  readonly milestone: 'called' | 'created' | 'updated' | 'deactivated' | 'group-value'
  readonly done: boolean
  /** Null when it is known to have happened, but the log of that time is gone. */
  readonly at: Date | null
  /** The person, the value, or what called. */
  readonly subject: string | null
}

/**
 * Of the log only the latest 5,000 lines are searched, so that it costs the same however long it is; the people themselves
 * tell of what lies further back.
 */
const read: Statement = {
  name: 'read-milestones',
  text: `WITH latest AS MATERIALIZED (
      SELECT type, actor_kind, occurred_at, sequence, detail ->> 'subject' AS subject FROM provisioning_events
       WHERE org_id = $1 ORDER BY sequence DESC LIMIT 5000),
    told AS (
      SELECT DISTINCT ON (type) type, occurred_at, subject FROM latest
       WHERE actor_kind = 'scim-token' AND type IN ('user.created', 'user.updated', 'user.deactivated')
       ORDER BY type, sequence DESC)
    SELECT 'called' AS milestone, count(*) > 0 AS done, max(c.occurred_at) AS at, max(c.client) AS subject
      FROM (SELECT occurred_at, client FROM exchanges WHERE org_id = $1 AND status < 400 AND path <> '/oauth/token'
             ORDER BY sequence DESC LIMIT 1) c
    UNION ALL
    SELECT 'created', count(t.*) > 0 OR EXISTS (SELECT 1 FROM users WHERE org_id = $1 AND linked_at IS NOT NULL),
           max(t.occurred_at), max(t.subject) FROM told t WHERE t.type = 'user.created'
    UNION ALL
    SELECT 'updated', count(t.*) > 0 OR EXISTS (SELECT 1 FROM users
             WHERE org_id = $1 AND provisioned_at > linked_at + interval '1 second'),
           max(t.occurred_at), max(t.subject) FROM told t WHERE t.type = 'user.updated'
    UNION ALL
    SELECT 'deactivated', count(t.*) > 0 OR EXISTS (SELECT 1 FROM users
             WHERE org_id = $1 AND status = 'deactivated' AND linked_at IS NOT NULL),
           max(t.occurred_at), max(t.subject) FROM told t WHERE t.type = 'user.deactivated'
    UNION ALL
    SELECT 'group-value', count(*) > 0, max(v.last_seen), max(v.value)
      FROM (SELECT last_seen, value FROM group_values WHERE org_id = $1 ORDER BY last_seen DESC, value LIMIT 1) v`,
}

/** One row of each milestone. */
export function readMilestoneRows(sql: Sql): Promise<MilestoneRow[]> {
  return sql.run<MilestoneRow>(read, [])
}
