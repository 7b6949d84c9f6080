// Reads people for the SCIM door: only the columns that a resource needs.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { User } from './rules/user.ts'

/** The columns behind `User`, in the order that `userFromRow` expects them by name. */
export const userColumns =
  'u.id, u.status, u.role, u.document, u.version, u.revision, u.linked_at, u.created_at, u.last_modified, ' +
  'u.activated_at, u.provisioned_at, u.deactivated_at, u.deleted_at, u.purge_at'

export interface UserRow {
  readonly id: string
  readonly status: User['status']
  readonly role: User['role']
  readonly document: User['document']
  readonly version: number
  readonly revision: number
  readonly linked_at: Date | null
  readonly created_at: Date
  readonly last_modified: Date
  readonly activated_at: Date | null
  readonly provisioned_at: Date | null
  readonly deactivated_at: Date | null
  readonly deleted_at: Date | null
  readonly purge_at: Date | null
}

export function userFromRow(row: UserRow): User {
  return {
    id: row.id,
    status: row.status,
    role: row.role,
    document: row.document,
    version: row.version,
    revision: row.revision,
    linkedAt: row.linked_at,
    createdAt: row.created_at,
    lastModified: row.last_modified,
    activatedAt: row.activated_at,
    provisionedAt: row.provisioned_at,
    deactivatedAt: row.deactivated_at,
    deletedAt: row.deleted_at,
    purgeAt: row.purge_at,
  }
}

const living: Statement = {
  name: 'read-user',
  text: `SELECT ${userColumns} FROM users u WHERE u.org_id = $1 AND u.id = $2 AND u.deleted_at IS NULL`,
}
const any: Statement = {
  name: 'read-any-user',
  text: `SELECT ${userColumns} FROM users u WHERE u.org_id = $1 AND u.id = $2`,
}
const locked: Statement = {
  name: 'lock-user',
  text: `SELECT ${userColumns} FROM users u WHERE u.org_id = $1 AND u.id = $2 FOR UPDATE`,
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

async function readOne(sql: Sql, question: { statement: Statement; id: string }): Promise<User | null> {
  if (!uuid.test(question.id)) return null
  const rows = await sql.run<UserRow>(question.statement, [question.id])
  return rows[0] === undefined ? null : userFromRow(rows[0])
}

/** One person by id; null when unknown, malformed (ids compare exactly), deleted or of another organization. */
export function readUser(sql: Sql, id: string): Promise<User | null> {
  return readOne(sql, { statement: living, id })
}

/** The same, deleted people in their grace period included. */
export function readAnyUser(sql: Sql, id: string): Promise<User | null> {
  return readOne(sql, { statement: any, id })
}

/** The same inside a transaction, with the row locked until its end. */
export function lockUser(sql: Sql, id: string): Promise<User | null> {
  return readOne(sql, { statement: locked, id })
}
