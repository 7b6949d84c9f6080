// Reads people for the SCIM door: only the columns that a resource needs.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Related } from '#server/domain/memberships/read-members.sql.ts'
import type { SeenUser, StoredUser, User } from './rules/user.ts'

/** The columns behind `StoredUser`. */
const userColumns =
  'u.id, u.status, u.role, u.document, u.version, u.revision, u.linked_at, u.created_at, u.last_modified, ' +
  'u.activated_at, u.provisioned_at, u.deactivated_at, u.deleted_at, u.purge_at, u.identity_provider_groups'

/** The columns behind `SeenUser`: each further one would be read, sent and parsed a hundred times a page. */
export const seenColumns = 'u.id, u.status, u.document, u.version, u.created_at, u.last_modified'

/**
 * The groups of `u` as `Related`; a second statement for them would cost as much as the person. Read by index one after
 * the other, whatever the planner knows: a plan from before a mass change would go through all memberships.
 */
export const groupsColumn = `(SELECT json_agg(json_build_object('id', g.id, 'name', g.display_name) ORDER BY g.id)
  FROM (SELECT m.group_id FROM memberships m WHERE m.org_id = $1 AND m.user_id = u.id OFFSET 0) m
  CROSS JOIN LATERAL (
    SELECT g.id, g.display_name FROM groups g WHERE g.org_id = $1 AND g.id = m.group_id LIMIT 1) g) AS groups`

export interface SeenRow {
  readonly id: string
  readonly status: User['status']
  readonly document: User['document']
  readonly version: number
  readonly created_at: Date
  readonly last_modified: Date
  /** Missing when they were not asked for, null when there are none. */
  readonly groups?: readonly Related[] | null
}

export interface UserRow extends SeenRow {
  readonly role: User['role']
  readonly revision: number
  readonly linked_at: Date | null
  readonly activated_at: Date | null
  readonly provisioned_at: Date | null
  readonly deactivated_at: Date | null
  readonly deleted_at: Date | null
  readonly purge_at: Date | null
  readonly identity_provider_groups: readonly string[]
}

export function seenFromRow(row: SeenRow): SeenUser {
  return {
    id: row.id,
    status: row.status,
    document: row.document,
    version: row.version,
    createdAt: row.created_at,
    lastModified: row.last_modified,
    ...(row.groups === undefined ? {} : { groups: row.groups ?? [] }),
  }
}

function userFromRow(row: UserRow): StoredUser {
  return {
    ...seenFromRow(row),
    role: row.role,
    revision: row.revision,
    linkedAt: row.linked_at,
    activatedAt: row.activated_at,
    provisionedAt: row.provisioned_at,
    deactivatedAt: row.deactivated_at,
    deletedAt: row.deleted_at,
    purgeAt: row.purge_at,
    identityProviderGroups: row.identity_provider_groups,
  }
}

const living: Statement = {
  name: 'read-user',
  brief: true,
  text: `SELECT ${seenColumns} FROM users u WHERE u.org_id = $1 AND u.id = $2 AND u.deleted_at IS NULL`,
}
const livingWithGroups: Statement = {
  name: 'read-user-with-groups',
  brief: true,
  text: `SELECT ${seenColumns}, ${groupsColumn} FROM users u
    WHERE u.org_id = $1 AND u.id = $2 AND u.deleted_at IS NULL`,
}
const livingOrDeleted: Statement = {
  name: 'read-any-user',
  brief: true,
  text: `SELECT ${userColumns} FROM users u WHERE u.org_id = $1 AND u.id = $2`,
}
const livingOrDeletedWithGroups: Statement = {
  name: 'read-any-user-with-groups',
  brief: true,
  text: `SELECT ${userColumns}, ${groupsColumn} FROM users u WHERE u.org_id = $1 AND u.id = $2`,
}
const locked: Statement = {
  name: 'lock-user',
  text: `SELECT ${userColumns} FROM users u WHERE u.org_id = $1 AND u.id = $2 FOR UPDATE`,
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

async function readOne(sql: Sql, question: { statement: Statement; id: string }): Promise<StoredUser | null> {
  if (!uuid.test(question.id)) return null
  const rows = await sql.run<UserRow>(question.statement, [question.id])
  return rows[0] === undefined ? null : userFromRow(rows[0])
}

/** One person by id; null when unknown, malformed (ids compare exactly), deleted or of another organization. */
export async function readUser(
  sql: Sql,
  { id, withGroups }: { id: string; withGroups: boolean },
): Promise<SeenUser | null> {
  if (!uuid.test(id)) return null
  const rows = await sql.run<SeenRow>(withGroups ? livingWithGroups : living, [id])
  return rows[0] === undefined ? null : seenFromRow(rows[0])
}

/** Everything about one person, deleted people in their grace period included. */
export function readAnyUser(sql: Sql, id: string): Promise<StoredUser | null> {
  return readOne(sql, { statement: livingOrDeleted, id })
}

/** The same, with their groups. */
export function readAnyUserWithGroups(sql: Sql, id: string): Promise<StoredUser | null> {
  return readOne(sql, { statement: livingOrDeletedWithGroups, id })
}

/** The same inside a transaction, with the row locked until its end. */
export function lockUser(sql: Sql, id: string): Promise<StoredUser | null> {
  return readOne(sql, { statement: locked, id })
}
