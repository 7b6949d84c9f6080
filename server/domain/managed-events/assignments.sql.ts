// Writes who is assigned a managed event, and finds those who are meant.
import type { Sql, Statement } from '#server/domain/context.ts'

const ids = (at: number): string =>
  `SELECT w.id FROM unnest(string_to_array($${String(at)}::text, ',')::uuid[]) AS w(id)`

const lockGroups: Statement = {
  name: 'lock-assigned-groups',
  text: `SELECT g.id, g.display_name AS name FROM groups g
    WHERE g.org_id = $1 AND g.id IN (${ids(2)}) ORDER BY g.id FOR UPDATE OF g`,
}
const lockPeople: Statement = {
  name: 'lock-assignees',
  text: `SELECT u.id, u.display_name AS name FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND u.id IN (${ids(2)}) ORDER BY u.id FOR KEY SHARE OF u`,
}

export interface Named {
  readonly id: string
  readonly name: string
}

export interface Assignees {
  readonly groupIds: readonly string[]
  readonly userIds: readonly string[]
}

/** Locks groups first, then people, each in the order of their ids; unknown ones are missing. */
export async function lockAssignees(sql: Sql, who: Assignees): Promise<{ groups: Named[]; people: Named[] }> {
  const groups = who.groupIds.length === 0 ? [] : await sql.run<Named>(lockGroups, [who.groupIds.join(',')])
  const people = who.userIds.length === 0 ? [] : await sql.run<Named>(lockPeople, [who.userIds.join(',')])
  return { groups, people }
}

const addGroups: Statement = {
  name: 'assign-groups',
  text: `INSERT INTO managed_event_groups (org_id, managed_event_id, group_id, created_at)
    SELECT $1, $2::uuid, w.id, $4::timestamptz FROM (${ids(3)}) w ON CONFLICT DO NOTHING RETURNING group_id AS id`,
}
const addPeople: Statement = {
  name: 'assign-people',
  text: `INSERT INTO managed_event_people (org_id, managed_event_id, user_id, created_at)
    SELECT $1, $2::uuid, w.id, $4::timestamptz FROM (${ids(3)}) w ON CONFLICT DO NOTHING RETURNING user_id AS id`,
}
const removeGroups: Statement = {
  name: 'unassign-groups',
  text: `DELETE FROM managed_event_groups WHERE org_id = $1 AND managed_event_id = $2::uuid AND group_id IN (${ids(3)})
    RETURNING group_id AS id`,
}
const removePeople: Statement = {
  name: 'unassign-people',
  text: `DELETE FROM managed_event_people WHERE org_id = $1 AND managed_event_id = $2::uuid AND user_id IN (${ids(3)})
    RETURNING user_id AS id`,
}

/** Assigns; answers whom it was not assigned to before. */
export async function insertAssignments(
  sql: Sql,
  what: Assignees & { managedEventId: string; at: Date },
): Promise<Assignees> {
  const { managedEventId, at } = what
  const groups = await sql.run<Named>(addGroups, [managedEventId, what.groupIds.join(','), at])
  const people = await sql.run<Named>(addPeople, [managedEventId, what.userIds.join(','), at])
  return { groupIds: groups.map(({ id }) => id), userIds: people.map(({ id }) => id) }
}

/** Takes assignments away; answers those that there were. */
export async function deleteAssignments(
  sql: Sql,
  what: Assignees & { managedEventId: string },
): Promise<Assignees> {
  const groups = await sql.run<Named>(removeGroups, [what.managedEventId, what.groupIds.join(',')])
  const people = await sql.run<Named>(removePeople, [what.managedEventId, what.userIds.join(',')])
  return { groupIds: groups.map(({ id }) => id), userIds: people.map(({ id }) => id) }
}

// A page of each group by its key: nothing for the planner to turn round in a table that was empty a moment ago.
const members: Statement = {
  name: 'members-of-groups',
  text: `SELECT DISTINCT m.user_id AS id FROM (${ids(2)}) g CROSS JOIN LATERAL (
      SELECT m.user_id FROM memberships m WHERE m.org_id = $1 AND m.group_id = g.id AND m.user_id > $3::uuid
       ORDER BY m.group_id, m.user_id LIMIT $4::int) m
    ORDER BY 1 LIMIT $4::int`,
}

/** Comes before every person. */
export const start = '00000000-0000-0000-0000-000000000000'

/** The next people in these groups behind `after`, in the order of their ids. */
export async function readMembersAfter(
  sql: Sql,
  where: { groupIds: readonly string[]; after: string; take: number },
): Promise<string[]> {
  if (where.groupIds.length === 0) return []
  const rows = await sql.run<Named>(members, [where.groupIds.join(','), where.after, where.take])
  return rows.map(({ id }) => id)
}

const without: Statement = {
  name: 'members-without-copy',
  text: `WITH people AS MATERIALIZED (
      SELECT DISTINCT m.user_id AS id FROM memberships m WHERE m.org_id = $1 AND m.group_id IN (${ids(2)}))
    SELECT count(*)::int AS people, count(*) FILTER (WHERE c.held IS NULL)::int AS missing FROM people p
      LEFT JOIN LATERAL (SELECT true AS held FROM managed_event_copies c
        WHERE c.org_id = $1 AND c.managed_event_id = $3::uuid AND c.user_id = p.id AND c.removed_at IS NULL LIMIT 1) c ON true`,
}

/** How many people there are in these groups, and how many of them hold no copy. */
export async function countMembersWithout(
  sql: Sql,
  where: { groupIds: readonly string[]; managedEventId: string },
): Promise<{ people: number; missing: number }> {
  const values = [where.groupIds.join(','), where.managedEventId]
  const [row] = await sql.run<{ people: number; missing: number }>(without, values)
  return row ?? { people: 0, missing: 0 }
}
