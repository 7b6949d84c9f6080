// Locks people of a list together and gives them another role.
import type { Role } from '#server/domain/actor.ts'
import type { Sql, Statement } from '#server/domain/context.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import type { UserStatus } from './rules/user.ts'

export interface ListedPerson {
  readonly id: string
  readonly status: UserStatus
  readonly role: Role
  readonly name: string
  readonly userName: string
  readonly email: string | null
}

const wanted = "unnest(string_to_array($2::text, ',')::uuid[]) AS w(id)"

// In one order for everybody, so that no two of them wait for each other.
const lock: Statement = {
  name: 'lock-people-of-list',
  text: `SELECT u.id, u.status, u.role, u.display_name AS name, u.user_name AS "userName", u.email FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND u.id IN (SELECT w.id FROM ${wanted})
    ORDER BY u.id FOR UPDATE OF u`,
}

/** The living people of the list, locked; ids that are nobody's are missing. */
export async function lockPeople(sql: Sql, ids: readonly string[]): Promise<Map<string, ListedPerson>> {
  const rows = await sql.run<ListedPerson>(lock, [ids.filter(isId).join(',')])
  return new Map(rows.map(row => [row.id, row]))
}

// The revision rises, so that a change of the person under way at the same moment starts over.
const give: Statement = {
  name: 'give-role-to-list',
  text: `UPDATE users u SET role = $3::text, revision = u.revision + 1
    WHERE u.org_id = $1 AND u.id IN (SELECT w.id FROM ${wanted})`,
}

/** Gives locked people a role. */
export async function giveRole(sql: Sql, to: { ids: readonly string[]; role: Role }): Promise<void> {
  await sql.run(give, [to.ids.join(','), to.role])
}
