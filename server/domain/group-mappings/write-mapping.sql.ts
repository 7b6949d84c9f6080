// Locks and writes the group mapping.
import type { Sql, Statement } from '#server/domain/context.ts'
import { groupAttribute } from './rules/source-attribute.ts'
import type { MappingRow } from './rules/mapping.ts'

const begin: Statement = {
  name: 'begin-mapping',
  text: `INSERT INTO group_mappings (org_id, source_attribute) VALUES ($1, $2::text) ON CONFLICT DO NOTHING`,
}
const lock: Statement = {
  name: 'lock-mapping',
  text: 'SELECT org_id FROM group_mappings WHERE org_id = $1 FOR UPDATE',
}

/** Until the end of the transaction nobody else changes the mapping. Comes before the locks of groups and people. */
export async function lockMapping(sql: Sql): Promise<void> {
  await sql.run(begin, [groupAttribute])
  await sql.run(lock, [])
}

const removeRows: Statement = {
  name: 'remove-mapping-rows',
  text: 'DELETE FROM group_mapping_rows WHERE org_id = $1',
}
const insertRows: Statement = {
  name: 'insert-mapping-rows',
  text: `INSERT INTO group_mapping_rows (org_id, id, value, group_id, position)
    SELECT $1, r.id, r.value, r."groupId", r.position
      FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, value text, "groupId" uuid, position int)`,
}

/** Replaces all rows of the locked mapping. */
export async function writeRows(sql: Sql, rows: readonly MappingRow[]): Promise<void> {
  await sql.run(removeRows, [])
  if (rows.length > 0) await sql.run(insertRows, [JSON.stringify(rows)])
}

const forgetRows: Statement = {
  name: 'forget-group-rows',
  text: 'DELETE FROM group_mapping_rows WHERE org_id = $1 AND group_id = $2::uuid RETURNING id',
}
const forgetDefault: Statement = {
  name: 'forget-default-group',
  text: `UPDATE group_mappings SET default_group_id = NULL
    WHERE org_id = $1 AND default_group_id = $2::uuid RETURNING org_id`,
}

/** Takes a group out of the locked mapping; answers how many places it had. */
export async function removeGroupFromMapping(sql: Sql, groupId: string): Promise<number> {
  const rows = await sql.run(forgetRows, [groupId])
  return rows.length + (await sql.run(forgetDefault, [groupId])).length
}
