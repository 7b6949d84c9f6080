// What lists of groups count, and what goes when a group is deleted.
import type { Sql } from '#server/domain/context.ts'
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'

const ids = `SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id)`

/** Members of each of these groups. */
export function countMembersOf(
  sql: Sql,
  groupIds: readonly string[],
): Promise<{ id: string; members: number }[]> {
  const text = `SELECT m.group_id AS id, count(*)::int AS members FROM memberships m
    WHERE m.org_id = $1 AND m.group_id IN (${ids}) GROUP BY m.group_id`
  return sql.run({ text }, [groupIds.join(',')])
}

/** Reasons of each of these groups, by kind. */
export function countSourcesOf(
  sql: Sql,
  groupIds: readonly string[],
): Promise<{ id: string; kind: SourceKind; people: number }[]> {
  const text = `SELECT s.group_id AS id, s.kind, count(*)::int AS people FROM membership_sources s
    WHERE s.org_id = $1 AND s.group_id IN (${ids}) GROUP BY s.group_id, s.kind`
  return sql.run({ text }, [groupIds.join(',')])
}

/** Group admins of each of these groups; groups without are missing. */
export function readAdminsOf(
  sql: Sql,
  groupIds: readonly string[],
): Promise<{ id: string; admins: { id: string; displayName: string; userName: string }[] }[]> {
  const text = `SELECT a.group_id AS id, json_agg(json_build_object('id', u.id, 'displayName', u.display_name,
      'userName', u.user_name) ORDER BY u.display_name, u.id) AS admins
    FROM group_admins a JOIN users u ON u.org_id = $1 AND u.id = a.user_id
    WHERE a.org_id = $1 AND a.group_id IN (${ids}) AND u.role = 'group_admin' AND u.deleted_at IS NULL
    GROUP BY a.group_id`
  return sql.run({ text }, [groupIds.join(',')])
}

/** Managed events that are assigned to each of these groups; groups without are missing. */
export function readManagedEventsOf(
  sql: Sql,
  groupIds: readonly string[],
): Promise<{ id: string; events: { id: string; name: string }[] }[]> {
  const text = `SELECT a.group_id AS id,
      json_agg(json_build_object('id', e.id, 'name', e.name) ORDER BY e.name, e.id) AS events
    FROM managed_event_groups a JOIN managed_events e ON e.org_id = $1 AND e.id = a.managed_event_id
    WHERE a.org_id = $1 AND a.group_id IN (${ids}) GROUP BY a.group_id`
  return sql.run({ text }, [groupIds.join(',')])
}

export interface GroupTies {
  readonly members: number
  readonly admins: number
  readonly mappingRows: number
  readonly managedEvents: number
  readonly copiesLost: number
  readonly isDefaultGroup: boolean
}

/** What goes when a group is deleted. */
export async function readGroupTies(sql: Sql, groupId: string): Promise<GroupTies> {
  const text = `SELECT
      (SELECT count(*)::int FROM memberships m WHERE m.org_id = $1 AND m.group_id = $2::uuid) AS members,
      (SELECT count(*)::int FROM group_admins a WHERE a.org_id = $1 AND a.group_id = $2::uuid) AS admins,
      (SELECT count(*)::int FROM group_mapping_rows r WHERE r.org_id = $1 AND r.group_id = $2::uuid) AS "mappingRows",
      EXISTS (SELECT 1 FROM group_mappings d WHERE d.org_id = $1 AND d.default_group_id = $2::uuid) AS "isDefaultGroup",
      (SELECT count(*)::int FROM managed_event_groups a WHERE a.org_id = $1 AND a.group_id = $2::uuid) AS "managedEvents",
      (SELECT count(*)::int FROM managed_event_groups a
        JOIN managed_event_copies c
          ON c.org_id = $1 AND c.managed_event_id = a.managed_event_id AND c.removed_at IS NULL
        JOIN memberships m ON m.org_id = $1 AND m.group_id = a.group_id AND m.user_id = c.user_id
       WHERE a.org_id = $1 AND a.group_id = $2::uuid
         AND NOT EXISTS (SELECT 1 FROM managed_event_people p
           WHERE p.org_id = $1 AND p.managed_event_id = c.managed_event_id AND p.user_id = c.user_id)
         AND NOT EXISTS (SELECT 1 FROM managed_event_groups b
           JOIN memberships o ON o.org_id = $1 AND o.group_id = b.group_id AND o.user_id = c.user_id
           WHERE b.org_id = $1 AND b.managed_event_id = c.managed_event_id AND b.group_id <> a.group_id)) AS "copiesLost"`
  const [row] = await sql.run<GroupTies>({ text }, [groupId])
  const none = { members: 0, admins: 0, mappingRows: 0, managedEvents: 0, copiesLost: 0 }
  return row ?? { ...none, isDefaultGroup: false }
}
