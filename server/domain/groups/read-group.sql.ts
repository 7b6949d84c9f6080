// Reads groups without their members.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Group } from './rules/group.ts'

export const groupColumns =
  'g.id, g.display_name, g.external_id, g.version, g.linked_at, g.created_at, g.last_modified'

export interface GroupRow {
  readonly id: string
  readonly display_name: string
  readonly external_id: string | null
  readonly version: number
  readonly linked_at: Date | null
  readonly created_at: Date
  readonly last_modified: Date
}

export function groupFromRow(row: GroupRow): Group {
  return {
    id: row.id,
    displayName: row.display_name,
    externalId: row.external_id,
    version: row.version,
    linkedAt: row.linked_at,
    createdAt: row.created_at,
    lastModified: row.last_modified,
  }
}

const one: Statement = {
  name: 'read-group',
  brief: true,
  text: `SELECT ${groupColumns} FROM groups g WHERE g.org_id = $1 AND g.id = $2`,
}
const locked: Statement = {
  name: 'lock-group',
  text: `SELECT ${groupColumns} FROM groups g WHERE g.org_id = $1 AND g.id = $2 FOR UPDATE`,
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

async function readOne(sql: Sql, question: { statement: Statement; id: string }): Promise<Group | null> {
  if (!uuid.test(question.id)) return null
  const [row] = await sql.run<GroupRow>(question.statement, [question.id])
  return row === undefined ? null : groupFromRow(row)
}

/** One group by id; null when unknown, malformed or of another organization. */
export function readGroup(sql: Sql, id: string): Promise<Group | null> {
  return readOne(sql, { statement: one, id })
}

/** The same inside a transaction: nobody else changes the group or its members until the end. */
export function lockGroup(sql: Sql, id: string): Promise<Group | null> {
  return readOne(sql, { statement: locked, id })
}
