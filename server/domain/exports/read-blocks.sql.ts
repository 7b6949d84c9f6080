// Reads people and groups block by block behind a key, with what a file says of each.
import type { Sql, Statement } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'

export interface ExportedUser {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly userName: string
  readonly role: string
  readonly status: string
  readonly identityProviderGroups: readonly string[]
  readonly externalId: string | null
  readonly createdAt: Date
  readonly activatedAt: Date | null
  readonly lastSignInAt: Date | null
  readonly provisionedAt: Date | null
  readonly groups: readonly { readonly name: string; readonly sources: readonly string[] }[] | null
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** People first, then their groups in one go: a subquery a person would be a thousand. */
const users: Statement = {
  name: 'export-users',
  text: `WITH block AS MATERIALIZED (
      SELECT u.* FROM users u
       WHERE u.org_id = $1 AND u.id > $2::uuid AND u.status = ANY(string_to_array($3::text, ','))
         AND ($4::text IS NULL OR u.search_key LIKE $4::text)
         AND ($5::text IS NULL OR u.role = ANY(string_to_array($5::text, ',')))
         AND ($6::boolean IS NULL OR $6::boolean = (u.linked_at IS NOT NULL))
         AND ($7::text IS NULL OR $7::text = ANY(u.identity_provider_groups))
         AND ($8::text IS NULL OR u.id IN (SELECT w.id FROM unnest(string_to_array($8::text, ',')::uuid[]) AS w(id)))
         AND ($9::uuid IS NULL OR u.id IN (SELECT m.user_id FROM memberships m
           WHERE m.org_id = $1 AND m.group_id = $9::uuid))
       ORDER BY u.id LIMIT 1000),
    reasons AS (
      SELECT s.user_id, s.group_id, json_agg(s.kind ORDER BY s.kind) AS kinds FROM membership_sources s
       WHERE s.org_id = $1 AND (s.group_id, s.user_id) IN (
         SELECT m.group_id, m.user_id FROM memberships m
          WHERE m.org_id = $1 AND m.user_id IN (SELECT id FROM block))
       GROUP BY s.user_id, s.group_id),
    teams AS (
      SELECT r.user_id, json_agg(json_build_object('name', g.display_name, 'sources', r.kinds)
          ORDER BY g.name_key) AS groups
        FROM reasons r JOIN groups g ON g.org_id = $1 AND g.id = r.group_id GROUP BY r.user_id)
    SELECT b.id, b.display_name AS name, b.email, b.user_name AS "userName", b.role, b.status,
      to_json(b.identity_provider_groups) AS "identityProviderGroups", b.external_id AS "externalId",
      b.created_at AS "createdAt", b.activated_at AS "activatedAt", b.last_sign_in_at AS "lastSignInAt",
      b.provisioned_at AS "provisionedAt", t.groups
    FROM block b LEFT JOIN teams t ON t.user_id = b.id ORDER BY b.id`,
}

export interface UserBlockQuestion {
  readonly status: readonly string[]
  readonly search: string | null
  readonly role: readonly string[] | null
  readonly linked: boolean | null
  readonly identityProviderGroup: string | null
  readonly groupId: string | null
  readonly ids: readonly string[] | null
  /** Only people behind this id. */
  readonly after: string | null
}

/** The next thousand people behind `after`, in order of creation. */
export function readUserBlock(sql: Sql, question: UserBlockQuestion): Promise<ExportedUser[]> {
  const { status, search, role, linked, identityProviderGroup, groupId, ids, after } = question
  const narrowed = [
    patternOf(search),
    role?.join(',') ?? null,
    linked,
    identityProviderGroup,
    ids?.join(',') ?? null,
    groupId,
  ]
  return sql.run<ExportedUser>(users, [after ?? nobody, status.join(','), ...narrowed])
}

export interface ExportedGroup {
  readonly id: string
  readonly name: string
  readonly members: number
  readonly mapping: number
  readonly unmatched: number
  readonly scim: number
  readonly manual: number
  readonly values: readonly string[] | null
  readonly pushed: boolean
  readonly admins: readonly string[] | null
  readonly managedEvents: readonly string[] | null
  readonly externalId: string | null
  readonly createdAt: Date
  readonly changedAt: Date
}

const groups: Statement = {
  name: 'export-groups',
  text: `WITH block AS MATERIALIZED (
      SELECT g.* FROM groups g
       WHERE g.org_id = $1 AND g.id > $2::uuid AND ($3::text IS NULL OR g.name_key LIKE $3::text)
         AND ($4::uuid IS NULL OR EXISTS (SELECT 1 FROM group_admins a
           WHERE a.org_id = $1 AND a.group_id = g.id AND a.user_id = $4::uuid))
       ORDER BY g.id LIMIT 200),
    counted AS (
      SELECT s.group_id, count(DISTINCT s.user_id)::int AS members,
        count(*) FILTER (WHERE s.kind = 'mapping')::int AS mapping,
        count(*) FILTER (WHERE s.kind = 'default')::int AS unmatched,
        count(*) FILTER (WHERE s.kind = 'scim')::int AS scim, count(*) FILTER (WHERE s.kind = 'manual')::int AS manual
      FROM membership_sources s WHERE s.org_id = $1 AND s.group_id IN (SELECT id FROM block) GROUP BY s.group_id)
    SELECT b.id, b.display_name AS name, COALESCE(c.members, 0) AS members, COALESCE(c.mapping, 0) AS mapping,
      COALESCE(c.unmatched, 0) AS unmatched, COALESCE(c.scim, 0) AS scim, COALESCE(c.manual, 0) AS manual,
      (SELECT json_agg(r.value ORDER BY r.value) FROM group_mapping_rows r
        WHERE r.org_id = $1 AND r.group_id = b.id) AS "values",
      b.linked_at IS NOT NULL AS pushed,
      (SELECT json_agg(u.display_name ORDER BY u.display_name) FROM group_admins a
        JOIN users u ON u.org_id = $1 AND u.id = a.user_id AND u.deleted_at IS NULL AND u.role = 'group_admin'
        WHERE a.org_id = $1 AND a.group_id = b.id) AS admins,
      (SELECT json_agg(e.name ORDER BY e.name) FROM managed_event_groups a
        JOIN managed_events e ON e.org_id = $1 AND e.id = a.managed_event_id
        WHERE a.org_id = $1 AND a.group_id = b.id) AS "managedEvents",
      b.external_id AS "externalId", b.created_at AS "createdAt", b.last_modified AS "changedAt"
    FROM block b LEFT JOIN counted c ON c.group_id = b.id ORDER BY b.id`,
}

/** The next groups behind `after`, in order of creation; only those of one admin when there is one. */
export function readGroupBlock(
  sql: Sql,
  question: { search: string | null; adminId: string | null; after: string | null },
): Promise<ExportedGroup[]> {
  const { search, adminId, after } = question
  return sql.run<ExportedGroup>(groups, [after ?? nobody, patternOf(search), adminId])
}

function patternOf(search: string | null): string | null {
  const wanted = search?.trim() ?? ''
  return wanted === '' ? null : `%${nameKey(wanted).replace(/[\\%_]/g, '\\$&')}%`
}
