// Takes a person who is being deleted out of every group.
import type { Sql, Statement } from '#server/domain/context.ts'
import { isId } from './waiting-members.sql.ts'

export interface LeftGroup {
  readonly id: string
  readonly displayName: string
}

const lock: Statement = {
  name: 'lock-groups-of',
  text: `SELECT g.id FROM groups g
    WHERE g.org_id = $1 AND g.id IN (SELECT m.group_id FROM memberships m WHERE m.org_id = $1 AND m.user_id = $2::uuid)
    ORDER BY g.id FOR UPDATE OF g`,
}

/** Locks the groups a person is in, in the order of their ids; to be done before the person is locked. */
export async function lockGroupsOf(sql: Sql, userId: string): Promise<readonly string[]> {
  if (!isId(userId)) return []
  return (await sql.run<{ id: string }>(lock, [userId])).map(({ id }) => id)
}

const leave: Statement = {
  name: 'leave-groups',
  text: `WITH gone AS (
      DELETE FROM memberships m WHERE m.org_id = $1 AND m.user_id = $2::uuid RETURNING m.group_id),
    reasons AS (
      DELETE FROM membership_sources s WHERE s.org_id = $1 AND s.ctid = ANY(ARRAY(
        SELECT f.ctid FROM gone CROSS JOIN LATERAL (
          SELECT x.ctid FROM membership_sources x
           WHERE x.org_id = $1 AND x.group_id = gone.group_id AND x.user_id = $2::uuid OFFSET 0) f)))
    UPDATE groups g SET version = g.version + 1, last_modified = $3::timestamptz FROM gone
     WHERE g.org_id = $1 AND g.id = gone.group_id
    RETURNING g.id, g.display_name AS "displayName"`,
}

/** Ends the memberships of a locked person; answers the groups that lost a member, each with a new version. */
export function leaveGroups(sql: Sql, who: { userId: string; now: Date }): Promise<LeftGroup[]> {
  return sql.run<LeftGroup>(leave, [who.userId, who.now])
}
