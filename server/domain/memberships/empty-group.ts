// Takes everyone out of a group that is being deleted, with the managed events they held through it.
import { keepCopies } from '#server/domain/managed-events/keep-copies.ts'
import type { SqlTransaction } from '#server/domain/transact.ts'
import { deleteMembers } from './empty-group.sql.ts'

/** The group's row must be locked. Answers how many people it had. */
export async function emptyGroup(tx: SqlTransaction, input: { groupId: string }): Promise<number> {
  const { people, managedEventIds } = await deleteMembers(tx.sql, input.groupId)
  await keepCopies(tx, { managedEventIds, take: 'everyone', give: [] })
  return people
}
