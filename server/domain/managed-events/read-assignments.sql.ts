// Who is assigned what: groups and people by managed event, and the other way round.
import type { Sql, Statement } from '#server/domain/context.ts'

const ofPerson: Statement = {
  name: 'assignments-of-person',
  text: 'SELECT managed_event_id AS id FROM managed_event_people WHERE org_id = $1 AND user_id = $2::uuid ORDER BY 1',
}

/** Ids of the managed events that are assigned to a person, not to a group of theirs. */
export async function readOwnAssignments(sql: Sql, userId: string): Promise<string[]> {
  return (await sql.run<{ id: string }>(ofPerson, [userId])).map(({ id }) => id)
}

const ofGroups: Statement = {
  name: 'assignments-of-groups',
  text: 'SELECT group_id AS "groupId", managed_event_id AS "managedEventId" FROM managed_event_groups WHERE org_id = $1',
}

export interface GroupAssignment {
  readonly groupId: string
  readonly managedEventId: string
}

/** Every assignment of a managed event to a group of the organization. */
export function readGroupAssignments(sql: Sql): Promise<GroupAssignment[]> {
  return sql.run<GroupAssignment>(ofGroups, [])
}
