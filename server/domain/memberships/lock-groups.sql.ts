// Locks several groups at once, and tells SCIM clients that their members have changed.
import type { Sql, Statement } from '#server/domain/context.ts'

const lock: Statement = {
  name: 'lock-groups',
  text: `SELECT g.id, g.display_name AS name FROM groups g
    WHERE g.org_id = $1 AND g.id = ANY($2::uuid[]) ORDER BY g.id FOR UPDATE`,
}

/** Names by id, locked in the order of their ids; groups that do not exist are missing. */
export async function lockGroups(sql: Sql, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await sql.run<{ id: string; name: string }>(lock, [[...new Set(ids)]])
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const raise: Statement = {
  name: 'raise-group-versions',
  text: `UPDATE groups SET version = version + 1, last_modified = $3::timestamptz
    WHERE org_id = $1 AND id = ANY($2::uuid[])`,
}

/** New versions (ETags) for locked groups whose members have changed. */
export async function raiseGroupVersions(
  sql: Sql,
  what: { ids: readonly string[]; now: Date },
): Promise<void> {
  if (what.ids.length > 0) await sql.run(raise, [what.ids, what.now])
}
