// Deletes the memberships and assignments of one group.
import type { Sql, Statement } from '#server/domain/context.ts'

const sources: Statement = {
  name: 'delete-group-sources',
  text: 'DELETE FROM membership_sources WHERE org_id = $1 AND group_id = $2::uuid',
}
const members: Statement = {
  name: 'delete-group-members',
  text: `WITH gone AS (DELETE FROM memberships WHERE org_id = $1 AND group_id = $2::uuid RETURNING user_id)
    SELECT count(*)::int AS people FROM gone`,
}
const assignments: Statement = {
  name: 'delete-group-assignments',
  text: `DELETE FROM managed_event_groups WHERE org_id = $1 AND group_id = $2::uuid RETURNING managed_event_id AS id`,
}

/** Answers how many people there were, and which managed events the group was assigned. */
export async function deleteMembers(
  sql: Sql,
  groupId: string,
): Promise<{ people: number; managedEventIds: string[] }> {
  await sql.run(sources, [groupId])
  const [row] = await sql.run<{ people: number }>(members, [groupId])
  const rows = await sql.run<{ id: string }>(assignments, [groupId])
  return { people: row?.people ?? 0, managedEventIds: rows.map(({ id }) => id) }
}
