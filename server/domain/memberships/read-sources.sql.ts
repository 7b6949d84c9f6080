// Reads why people are in their groups.
import type { Sql, Statement } from '#server/domain/context.ts'

export interface SourceRow {
  readonly userId: string
  readonly groupId: string
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly grantedAt: Date
  /** Since when the person is a member. */
  readonly since: Date
}

// A look into the index for each person and each membership, whatever the statistics say of memberships that were made
// a moment ago (write-members.sql.ts).
const read: Statement = {
  name: 'read-sources',
  text: `SELECT p.id AS "userId", m.group_id AS "groupId", s.kind, s.detail, s.granted_at AS "grantedAt",
      m.created_at AS since
    FROM unnest($2::uuid[]) AS p(id)
    CROSS JOIN LATERAL (
      SELECT m.group_id, m.created_at FROM memberships m WHERE m.org_id = $1 AND m.user_id = p.id OFFSET 0) m
    CROSS JOIN LATERAL (
      SELECT s.kind, s.detail, s.granted_at FROM membership_sources s
       WHERE s.org_id = $1 AND s.group_id = m.group_id AND s.user_id = p.id OFFSET 0) s
    ORDER BY p.id, m.group_id, s.kind`,
}

/** Every reason of every membership of these people. */
export function readSources(sql: Sql, userIds: readonly string[]): Promise<SourceRow[]> {
  return userIds.length === 0 ? Promise.resolve([]) : sql.run<SourceRow>(read, [userIds])
}

/** The same by person; people without memberships are missing. */
export async function readSourcesOf(
  sql: Sql,
  people: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, readonly SourceRow[]>> {
  return sourcesByPerson(
    await readSources(
      sql,
      people.map(({ id }) => id),
    ),
  )
}

export function sourcesByPerson(sources: readonly SourceRow[]): ReadonlyMap<string, readonly SourceRow[]> {
  const found = new Map<string, SourceRow[]>()
  for (const source of sources) {
    const list = found.get(source.userId)
    if (list === undefined) found.set(source.userId, [source])
    else list.push(source)
  }
  return found
}
