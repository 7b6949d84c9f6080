// Decides who manages a group: its members and which managed events it is assigned.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { demandGroups } from './demand-groups.ts'
import { adjustRoles, lockAdmins, replaceAdmins, type PersonOfGroup } from './group-admins.sql.ts'
import { lockGroup } from './read-group.sql.ts'
import { unknownGroup } from './rules/refusals.ts'
import { roleChanges } from './rules/role-changes.ts'

export interface SetGroupAdminsInput {
  readonly groupId: string
  /** Everyone who shall manage the group; whoever is not named does not any more. */
  readonly userIds: readonly string[]
}

/**
 * Users get the role group admin with their first group and lose it with their last. Throws `groups/unknown`,
 * `groups/unknown-person`, `groups/manages-all` (owners and admins manage every group) and `organizations/not-in-plan`.
 */
export async function setGroupAdmins(ctx: Context, input: SetGroupAdminsInput): Promise<void> {
  demand(ctx.actor, 'groups:write')
  const userIds = [...new Set(input.userIds)]
  await transact(ctx, async tx => {
    await demandGroups(tx, {})
    const group = await lockGroup(tx.sql, input.groupId)
    if (group === null) throw unknownGroup(input.groupId)
    const people = await lockAdmins(tx.sql, { groupId: group.id, userIds })
    check(people, userIds)
    const before = await replaceAdmins(tx.sql, { groupId: group.id, userIds, at: tx.clock.now() })
    await change(tx, { groupId: group.id, before, userIds })
    if (before.join() === [...userIds].sort().join()) return
    const subject = { subjectKind: 'group', subjectId: group.id }
    tx.note({ action: 'group.set_admins', ...subject, before: { userIds: before }, after: { userIds } })
  })
}

function check(people: readonly PersonOfGroup[], userIds: readonly string[]): void {
  const known = new Map(people.map(person => [person.id, person]))
  if (userIds.some(id => !known.has(id))) {
    const message = 'Someone of the list is not in this organization (any more). Choose people again.'
    throw invalidInput('groups/unknown-person', [{ path: 'userIds', message }])
  }
  const above = userIds
    .map(id => known.get(id))
    .find(each => each?.role === 'owner' || each?.role === 'admin')
  if (above === undefined) return
  throw new DomainError({
    kind: 'conflict',
    code: 'groups/manages-all',
    message: `${above.name} manages every group already, as ${above.role}. Leave them out of the list.`,
  })
}

async function change(
  tx: Transaction,
  what: { groupId: string; before: readonly string[]; userIds: readonly string[] },
): Promise<void> {
  const { groupId, before, userIds } = what
  const removed = before.filter(id => !userIds.includes(id))
  roleChanges(await adjustRoles(tx.sql, { groupId, added: userIds, removed })).forEach(tx.record)
}
