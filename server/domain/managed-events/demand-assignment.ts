// Whether the caller may assign managed events to these groups and people.
import { demand, managesOwnGroupsOnly, may } from '#server/domain/actor.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { demandGroup } from '#server/domain/groups/demand-group.ts'
import type { Assignees } from './assignments.sql.ts'

/** Group admins may assign to their own groups, and to nobody else. */
export async function demandAssignment(
  tx: Pick<Transaction, 'actor' | 'sql'>,
  input: Assignees,
): Promise<void> {
  const { actor } = tx
  if (may(actor, 'managed-events:write')) return
  const allowed = managesOwnGroupsOnly(actor) && input.userIds.length === 0
  if (!allowed) demand(actor, 'managed-events:write')
  for (const groupId of input.groupIds) await demandGroup(tx, { groupId })
}
