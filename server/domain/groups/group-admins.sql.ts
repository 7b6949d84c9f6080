// Who manages which group.
import type { Sql, Statement } from '#server/domain/context.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const own: Statement = {
  name: 'is-group-admin',
  text: 'SELECT 1 FROM group_admins WHERE org_id = $1 AND group_id = $2::uuid AND user_id = $3::uuid',
}

/** Whether the person was made admin of this group; false for ids that are none. */
export async function isGroupAdmin(sql: Sql, who: { groupId: string; userId: string }): Promise<boolean> {
  if (!uuid.test(who.groupId)) return false
  return (await sql.run(own, [who.groupId, who.userId])).length > 0
}

const those: Statement = {
  name: 'people-to-be-admins',
  text: `SELECT u.id, u.role, u.display_name AS name FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL
      AND (u.id IN (SELECT w.id FROM unnest(string_to_array($3::text, ',')::uuid[]) AS w(id))
        OR u.id IN (SELECT a.user_id FROM group_admins a WHERE a.org_id = $1 AND a.group_id = $2::uuid))
    ORDER BY u.id FOR UPDATE OF u`,
}

export interface PersonOfGroup {
  readonly id: string
  readonly role: string
  readonly name: string
}

/** Locks and reads the admins of a locked group, and those who are to be. */
export function lockAdmins(
  sql: Sql,
  what: { groupId: string; userIds: readonly string[] },
): Promise<PersonOfGroup[]> {
  return sql.run<PersonOfGroup>(those, [what.groupId, what.userIds.join(',')])
}

const current: Statement = {
  name: 'group-admins',
  text: 'SELECT user_id AS id FROM group_admins WHERE org_id = $1 AND group_id = $2::uuid ORDER BY 1',
}
const remove: Statement = {
  name: 'remove-group-admins',
  text: `DELETE FROM group_admins WHERE org_id = $1 AND group_id = $2::uuid
    AND user_id NOT IN (SELECT w.id FROM unnest(string_to_array($3::text, ',')::uuid[]) AS w(id))`,
}
const add: Statement = {
  name: 'add-group-admins',
  text: `INSERT INTO group_admins (org_id, group_id, user_id, created_at)
    SELECT $1, $2::uuid, w.id, $4::timestamptz FROM unnest(string_to_array($3::text, ',')::uuid[]) AS w(id)
    ON CONFLICT DO NOTHING`,
}

/** Replaces the admins of a locked group; answers who was before. */
export async function replaceAdmins(
  sql: Sql,
  what: { groupId: string; userIds: readonly string[]; at: Date },
): Promise<string[]> {
  const before = await sql.run<{ id: string }>(current, [what.groupId])
  const ids = what.userIds.join(',')
  await sql.run(remove, [what.groupId, ids])
  await sql.run(add, [what.groupId, ids, what.at])
  return before.map(({ id }) => id)
}

// Whoever had the role once, and another since, manages what they are given now, and nothing from before.
const forget: Statement = {
  name: 'forget-former-group-admins',
  text: `DELETE FROM group_admins a USING users u
    WHERE a.org_id = $1 AND a.group_id <> $3::uuid AND u.org_id = $1 AND u.id = a.user_id AND u.role = 'user'
      AND u.id IN (SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id))`,
}
// The revision rises, so that a change of the person under way at the same moment starts over.
const promote: Statement = {
  name: 'promote-group-admins',
  text: `UPDATE users u SET role = 'group_admin', revision = u.revision + 1
    WHERE u.org_id = $1 AND u.role = 'user'
      AND u.id IN (SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id))
    RETURNING u.id, u.role, u.display_name AS name`,
}
const demote: Statement = {
  name: 'demote-group-admins',
  text: `UPDATE users u SET role = 'user', revision = u.revision + 1
    WHERE u.org_id = $1 AND u.role = 'group_admin'
      AND u.id IN (SELECT w.id FROM unnest(string_to_array($2::text, ',')::uuid[]) AS w(id))
      AND NOT EXISTS (SELECT 1 FROM group_admins a WHERE a.org_id = $1 AND a.user_id = u.id)
    RETURNING u.id, u.role, u.display_name AS name`,
}

/**
 * Gives the role to users who manage this group now, and takes it from those who manage none any more; answers whose
 * changed.
 */
export async function adjustRoles(
  sql: Sql,
  people: { groupId: string; added: readonly string[]; removed: readonly string[] },
): Promise<PersonOfGroup[]> {
  await sql.run(forget, [people.added.join(','), people.groupId])
  const promoted = await sql.run<PersonOfGroup>(promote, [people.added.join(',')])
  const demoted = await sql.run<PersonOfGroup>(demote, [people.removed.join(',')])
  return [...promoted, ...demoted]
}

const ofGroup: Statement = {
  name: 'admins-of-deleted-group',
  text: 'DELETE FROM group_admins WHERE org_id = $1 AND group_id = $2::uuid RETURNING user_id AS id',
}

/** Takes a locked group, which is being deleted, from its admins; answers who they were. */
export async function dismissAdmins(sql: Sql, groupId: string): Promise<string[]> {
  return (await sql.run<{ id: string }>(ofGroup, [groupId])).map(({ id }) => id)
}
