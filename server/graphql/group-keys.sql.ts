// Pages of groups and of their members, and what lists of groups count.
import type { Sql } from '#server/domain/context.ts'
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { Place } from './place.ts'
import { escapeLike } from './text.ts'

export type GroupOrderName = 'name' | 'createdAt' | 'changedAt'
export type MemberOrderName = 'name'

export interface GroupFilter {
  readonly search: string | null
  readonly pushed: boolean | null
  /** Only groups that this person manages. */
  readonly adminId: string | null
}

export interface KeysWindow {
  readonly from: Place | null
  readonly backward: boolean
  readonly descending: boolean
  readonly take: number
}

const orders: Record<GroupOrderName, { column: string; cast: string }> = {
  name: { column: 'g.name_key', cast: 'text' },
  createdAt: { column: 'g.created_at', cast: 'timestamptz' },
  changedAt: { column: 'g.last_modified', cast: 'timestamptz' },
}

/** The keys in reading order of the query: reversed when it goes backward. */
export async function readGroupKeys(
  sql: Sql,
  question: { filter: GroupFilter; order: GroupOrderName; window: KeysWindow },
): Promise<Place[]> {
  const values: unknown[] = []
  const where = conditionOf(question.filter, values)
  const { column, cast } = orders[question.order]
  const tail = tailOf({ column, cast, id: 'g.id' }, question.window, values)
  return sql.run<Place>(
    { text: `SELECT g.id, ${column}::text AS value FROM groups g WHERE ${where} ${tail}` },
    values,
  )
}

/** Groups that fulfil the filter. */
export async function countGroupKeys(sql: Sql, filter: GroupFilter): Promise<number> {
  const values: unknown[] = []
  const text = `SELECT count(*)::int AS total FROM groups g WHERE ${conditionOf(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function conditionOf(filter: GroupFilter, values: unknown[]): string {
  const conditions = ['g.org_id = $1']
  if (filter.search) {
    const pattern = `%${escapeLike(nameKey(filter.search.trim()))}%`
    conditions.push(`g.name_key LIKE ${add(values, pattern, 'text')}`)
  }
  if (typeof filter.pushed === 'boolean') {
    conditions.push(`g.linked_at IS ${filter.pushed ? 'NOT NULL' : 'NULL'}`)
  }
  if (filter.adminId !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM group_admins a
      WHERE a.org_id = $1 AND a.group_id = g.id AND a.user_id = ${add(values, filter.adminId, 'uuid')})`)
  }
  return conditions.join(' AND ')
}

/** Condition and order of a page, to stand behind a `WHERE`. Column texts are ours, never a caller's. */
export function tailOf(
  key: { column: string; cast: string; id: string },
  window: KeysWindow,
  values: unknown[],
): string {
  const down = window.descending !== window.backward
  const { from } = window
  const after =
    from === null
      ? ''
      : `AND (${key.column}, ${key.id}) ${down ? '<' : '>'} (${add(values, from.value, key.cast)}, ${add(values, from.id, 'uuid')})`
  const direction = down ? 'DESC' : 'ASC'
  const limit = add(values, window.take, 'int')
  return `${after} ORDER BY ${key.column} ${direction}, ${key.id} ${direction} LIMIT ${limit}`
}

/** Adds a value, answers its placeholder. */
export function add(values: unknown[], value: unknown, cast: string): string {
  values.push(value)
  return `$${String(values.length + 1)}::${cast}`
}

export interface MemberFilter {
  readonly groupId: string
  readonly search: string | null
  readonly kinds: readonly SourceKind[] | null
}

export interface MemberRow {
  readonly id: string
  readonly value: string
  readonly userName: string
  readonly email: string | null
  readonly status: string
  readonly joinedAt: Date
}

/** Members by name. */
export async function readMemberPage(
  sql: Sql,
  question: { filter: MemberFilter; window: KeysWindow; skip: number },
): Promise<MemberRow[]> {
  const values: unknown[] = []
  const where = memberCondition(question.filter, values)
  const tail = tailOf({ column: 'u.display_name', cast: 'text', id: 'u.id' }, question.window, values)
  const offset = add(values, question.skip, 'bigint')
  const text = `SELECT u.id, u.display_name AS value, u.user_name AS "userName", u.email, u.status,
      m.created_at AS "joinedAt"
    FROM memberships m JOIN users u ON u.org_id = $1 AND u.id = m.user_id WHERE ${where} ${tail} OFFSET ${offset}`
  return sql.run<MemberRow>({ text }, values)
}

/** Members that fulfil the filter. */
export async function countMemberRows(sql: Sql, filter: MemberFilter): Promise<number> {
  const values: unknown[] = []
  const text = `SELECT count(*)::int AS total
    FROM memberships m JOIN users u ON u.org_id = $1 AND u.id = m.user_id WHERE ${memberCondition(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function memberCondition(filter: MemberFilter, values: unknown[]): string {
  const conditions = [`m.org_id = $1 AND m.group_id = ${add(values, filter.groupId, 'uuid')}`]
  if (filter.search) {
    const pattern = `%${escapeLike(nameKey(filter.search.trim()))}%`
    conditions.push(`u.search_key LIKE ${add(values, pattern, 'text')}`)
  }
  if (filter.kinds !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM membership_sources s WHERE s.org_id = $1 AND s.group_id = m.group_id
      AND s.user_id = m.user_id AND s.kind = ANY(string_to_array(${add(values, filter.kinds.join(','), 'text')}, ',')))`)
  }
  return conditions.join(' AND ')
}

/** People outside of the group who fit the search, by name. */
export function readCandidates(
  sql: Sql,
  question: { groupId: string; search: string; take: number },
): Promise<{ id: string; name: string; userName: string }[]> {
  const pattern = `%${escapeLike(nameKey(question.search.trim()))}%`
  const text = `SELECT u.id, u.display_name AS name, u.user_name AS "userName" FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND u.search_key LIKE $3::text
      AND NOT EXISTS (SELECT 1 FROM memberships m
        WHERE m.org_id = $1 AND m.group_id = $2::uuid AND m.user_id = u.id)
    ORDER BY u.display_name, u.id LIMIT $4::int`
  return sql.run({ text }, [question.groupId, pattern, question.take])
}

export interface GroupCounts {
  readonly id: string
  readonly members: number
  readonly mapping: number
  readonly default: number
  readonly scim: number
  readonly manual: number
}

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

export interface MembershipRow {
  readonly userId: string
  readonly groupId: string
  readonly groupName: string
  readonly pushed: boolean
  readonly joinedAt: Date
  readonly sources: readonly SourceRow[]
}

export interface SourceRow {
  readonly userId: string
  readonly groupId: string
  readonly kind: SourceKind
  readonly detail: Readonly<Record<string, unknown>>
  readonly grantedAt: string
}

const sourcesOf = `(SELECT json_agg(json_build_object('userId', s.user_id, 'groupId', s.group_id, 'kind', s.kind, 'detail', s.detail, 'grantedAt', s.granted_at)
    ORDER BY s.granted_at, s.kind) FROM membership_sources s
  WHERE s.org_id = $1 AND s.group_id = m.group_id AND s.user_id = m.user_id) AS sources`

/** Groups of these people with their reasons, by name of the group. */
export function readMembershipsOf(sql: Sql, userIds: readonly string[]): Promise<MembershipRow[]> {
  const text = `SELECT m.user_id AS "userId", m.group_id AS "groupId", g.display_name AS "groupName",
      g.linked_at IS NOT NULL AS pushed, m.created_at AS "joinedAt", ${sourcesOf}
    FROM memberships m JOIN groups g ON g.org_id = $1 AND g.id = m.group_id
    WHERE m.org_id = $1 AND m.user_id IN (${ids}) ORDER BY m.user_id, g.name_key, g.id`
  return sql.run<MembershipRow>({ text }, [userIds.join(',')])
}

/** Reasons of people of one group. */
export function readSourcesOf(
  sql: Sql,
  question: { groupId: string; userIds: readonly string[] },
): Promise<{ userId: string; sources: readonly SourceRow[] }[]> {
  const text = `SELECT m.user_id AS "userId", ${sourcesOf} FROM memberships m
    WHERE m.org_id = $1 AND m.group_id = $3::uuid AND m.user_id IN (${ids})`
  return sql.run({ text }, [question.userIds.join(','), question.groupId])
}
