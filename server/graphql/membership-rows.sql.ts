// Memberships of many people, and their reasons.
import type { Sql } from '#server/domain/context.ts'
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'

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
    WHERE m.org_id = $1 AND m.user_id IN (SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id)) ORDER BY m.user_id, g.name_key, g.id`
  return sql.run<MembershipRow>({ text }, [userIds.join(',')])
}

/** Reasons of people of one group. */
export function readSourcesOf(
  sql: Sql,
  question: { groupId: string; userIds: readonly string[] },
): Promise<{ userId: string; sources: readonly SourceRow[] }[]> {
  const text = `SELECT m.user_id AS "userId", ${sourcesOf} FROM memberships m
    WHERE m.org_id = $1 AND m.group_id = $3::uuid AND m.user_id IN (SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id))`
  return sql.run({ text }, [question.userIds.join(','), question.groupId])
}
