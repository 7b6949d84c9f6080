// Reads why people are in a group.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { SourceKind } from './rules/source.ts'

export interface Reasons {
  readonly userId: string
  readonly name: string
  readonly kinds: readonly SourceKind[]
}

const read: Statement = {
  name: 'read-reasons',
  text: `SELECT u.id AS "userId", u.display_name AS name, array_agg(s.kind) AS kinds
    FROM membership_sources s JOIN users u ON u.org_id = $1 AND u.id = s.user_id
    WHERE s.org_id = $1 AND s.group_id = $2::uuid
      AND s.user_id IN (SELECT w.id FROM unnest(string_to_array($3::text, ',')::uuid[]) AS w(id))
    GROUP BY u.id, u.display_name ORDER BY u.display_name, u.id`,
}

/** Members among these people, by name; everybody else is missing. */
export function readReasons(
  sql: Sql,
  question: { groupId: string; userIds: readonly string[] },
): Promise<Reasons[]> {
  return sql.run<Reasons>(read, [question.groupId, question.userIds.join(',')])
}
