// Ends a locked group, whoever asked: members, admins, assignments and the group itself.
import { emptyGroup } from '#server/domain/memberships/empty-group.ts'
import type { SqlTransaction } from '#server/domain/transact.ts'
import { adjustRoles, dismissAdmins } from './group-admins.sql.ts'
import type { Group } from './rules/group.ts'
import { roleChanges } from './rules/role-changes.ts'
import { deleteGroupRow } from './store-group.sql.ts'

/** Answers how many people the group had. */
export async function endGroup(tx: SqlTransaction, { group }: { group: Group }): Promise<number> {
  const people = await emptyGroup(tx, { groupId: group.id })
  const removed = await dismissAdmins(tx.sql, group.id)
  if (removed.length > 0)
    roleChanges(await adjustRoles(tx.sql, { groupId: group.id, added: [], removed })).forEach(tx.record)
  await deleteGroupRow(tx.sql, group.id)
  tx.record({ type: 'group.deleted', groupId: group.id, detail: { subject: group.displayName } })
  return people
}
