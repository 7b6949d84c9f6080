// Reads who is in groups, and in which groups people are, for whole pages at once.
import type { Sql, Statement } from '#server/domain/context.ts'

/** The other end of a membership, with its name. */
export interface Related {
  readonly id: string
  readonly name: string
}

interface Row extends Related {
  readonly of: string
}

const members: Statement = {
  name: 'read-members',
  text: `SELECT m.group_id AS of, u.id, u.display_name AS name
    FROM memberships m JOIN users u ON u.org_id = $1 AND u.id = m.user_id
    WHERE m.org_id = $1 AND m.group_id = ANY($2::uuid[]) ORDER BY m.group_id, m.user_id`,
}
const groups: Statement = {
  name: 'read-groups-of',
  text: `SELECT p.id AS of, g.id, g.name FROM unnest($2::uuid[]) AS p(id)
    CROSS JOIN LATERAL (SELECT m.group_id FROM memberships m WHERE m.org_id = $1 AND m.user_id = p.id OFFSET 0) m
    CROSS JOIN LATERAL (
      SELECT g.id, g.display_name AS name FROM groups g WHERE g.org_id = $1 AND g.id = m.group_id LIMIT 1) g
    ORDER BY p.id, g.id`,
}

/** People by group; groups without members are missing. */
export function readMembers(sql: Sql, groupIds: readonly string[]): Promise<ReadonlyMap<string, Related[]>> {
  return gather(sql, { statement: members, ids: groupIds })
}

/** Groups by person; people without groups are missing. */
export function readGroupsOf(sql: Sql, userIds: readonly string[]): Promise<ReadonlyMap<string, Related[]>> {
  return gather(sql, { statement: groups, ids: userIds })
}

async function gather(
  sql: Sql,
  question: { statement: Statement; ids: readonly string[] },
): Promise<ReadonlyMap<string, Related[]>> {
  const found = new Map<string, Related[]>()
  if (question.ids.length === 0) return found
  for (const { of, id, name } of await sql.run<Row>(question.statement, [question.ids])) {
    const list = found.get(of)
    if (list === undefined) found.set(of, [{ id, name }])
    else list.push({ id, name })
  }
  return found
}
