// Reads who of a list of people is in a group already.
import type { Sql, Statement } from '#server/domain/context.ts'

const read: Statement = {
  name: 'read-joining',
  text: `SELECT u.id, EXISTS (
      SELECT 1 FROM memberships m WHERE m.org_id = $1 AND m.group_id = $2::uuid AND m.user_id = u.id) AS present
    FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL
      AND u.id IN (SELECT w.id FROM unnest(string_to_array($3::text, ',')::uuid[]) AS w(id))`,
}

/** The living people among these ids; everybody else is missing. */
export function readJoining(
  sql: Sql,
  question: { groupId: string; userIds: readonly string[] },
): Promise<{ id: string; present: boolean }[]> {
  return sql.run(read, [question.groupId, question.userIds.join(',')])
}
