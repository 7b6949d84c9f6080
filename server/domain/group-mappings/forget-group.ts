// What the deletion of a group does to the mapping: its rows go, and nobody else is led there.
import type { SqlTransaction } from '#server/domain/transact.ts'
import { lockMapping, removeGroupFromMapping } from './write-mapping.sql.ts'

/** To be called before the group is locked, so that the mapping is locked first. */
export async function forgetGroup(tx: SqlTransaction, groupId: string): Promise<void> {
  await lockMapping(tx.sql)
  if ((await removeGroupFromMapping(tx.sql, groupId)) > 0) tx.remap()
}
