// Writes groups, without their members.
import type { Sql, Statement } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { Group } from './rules/group.ts'

const insert: Statement = {
  name: 'insert-group',
  text: `INSERT INTO groups (org_id, id, display_name, name_key, external_id, version, linked_at, created_at, last_modified)
    VALUES ($1, $2::uuid, $3::text, $4::text, $5::text, $6::int, $7::timestamptz, $8::timestamptz, $9::timestamptz)`,
}
const update: Statement = {
  name: 'update-group',
  text: `UPDATE groups SET display_name = $3::text, name_key = $4::text, external_id = $5::text, version = $6::int,
      linked_at = $7::timestamptz, created_at = $8::timestamptz, last_modified = $9::timestamptz
    WHERE org_id = $1 AND id = $2::uuid`,
}
const group: Statement = {
  name: 'delete-group',
  text: 'DELETE FROM groups WHERE org_id = $1 AND id = $2::uuid',
}

/** Throws the database's duplicate error when the name is taken. */
export async function insertGroup(sql: Sql, made: Group): Promise<void> {
  await sql.run(insert, valuesOf(made))
}

/** Replaces the row of a locked group; throws the database's duplicate error when the name is taken. */
export async function updateGroup(sql: Sql, changed: Group): Promise<void> {
  await sql.run(update, valuesOf(changed))
}

/** Deletes a locked group; its members have been taken out before (`emptyGroup`). */
export async function deleteGroupRow(sql: Sql, id: string): Promise<void> {
  await sql.run(group, [id])
}

function valuesOf(each: Group): unknown[] {
  return [
    each.id, each.displayName, nameKey(each.displayName), each.externalId, each.version, each.linkedAt,
    each.createdAt, each.lastModified,
  ] // prettier-ignore
}
