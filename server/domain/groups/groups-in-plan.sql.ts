// Whether the organization's plan contains groups, for what identity providers push: asked with the group itself where
// there is one, so that it costs no statement.
import type { Sql, Statement } from '#server/domain/context.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { groupColumns, groupFromRow, type GroupRow } from './read-group.sql.ts'
import type { Group } from './rules/group.ts'

interface Planned {
  readonly plan: string
  readonly entitlements: unknown
}

const locked: Statement = {
  name: 'lock-group-with-plan',
  text: `SELECT ${groupColumns}, o.plan, o.entitlements FROM groups g JOIN organizations o ON o.id = g.org_id
    WHERE g.org_id = $1 AND g.id = $2 FOR UPDATE OF g`,
}

/** `lockGroup` that throws `organizations/not-in-plan`. */
export async function lockGroupInPlan(sql: Sql, id: string): Promise<Group | null> {
  if (!isId(id)) return null
  const [row] = await sql.run<GroupRow & Planned>(locked, [id])
  if (row === undefined) return null
  demandEntitlement(row, 'groups')
  return groupFromRow(row)
}

const planned: Statement = {
  name: 'read-plan',
  text: 'SELECT o.plan, o.entitlements FROM organizations o WHERE o.id = $1',
}

/** Throws `organizations/not-in-plan`. */
export async function demandGroupsInPlan(sql: Sql): Promise<void> {
  const [row] = await sql.run<Planned>(planned, [])
  if (row !== undefined) demandEntitlement(row, 'groups')
}
