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

const read: Statement = {
  name: 'read-sources',
  text: `SELECT m.user_id AS "userId", m.group_id AS "groupId", s.kind, s.detail, s.granted_at AS "grantedAt",
      m.created_at AS since
    FROM memberships m
    JOIN membership_sources s ON s.org_id = $1 AND s.group_id = m.group_id AND s.user_id = m.user_id
   WHERE m.org_id = $1 AND m.user_id = ANY($2::uuid[]) ORDER BY m.user_id, m.group_id, s.kind`,
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
