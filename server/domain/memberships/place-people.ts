// Moves many people between many groups at once, in the transaction of whoever decided it.
import type { SqlTransaction } from '#server/domain/transact.ts'
import { changeSources, type Crossings, type SourceChange } from './change-sources.sql.ts'
import { raiseGroupVersions } from './lock-groups.sql.ts'

/**
 * Gives and takes reasons; who joins or leaves by it changes the group's version. The groups must be locked
 * (`lockGroups`). Writes no events: the caller knows the reasons.
 */
export async function placePeople(tx: SqlTransaction, changes: readonly SourceChange[]): Promise<Crossings> {
  const crossings = await changeSources(tx.sql, changes)
  const ids = [...crossings.joined, ...crossings.left].map(({ groupId }) => groupId)
  await raiseGroupVersions(tx.sql, { ids: [...new Set(ids)], now: tx.clock.now() })
  return crossings
}
