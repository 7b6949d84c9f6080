// Moves many people between many groups at once, in the transaction of whoever decided it.
import { keepCopies } from '#server/domain/managed-events/keep-copies.ts'
import type { SqlTransaction } from '#server/domain/transact.ts'
import { changeSources, type Crossings, type SourceChange } from './change-sources.sql.ts'
import { raiseGroupVersions } from './lock-groups.sql.ts'

/**
 * Gives and takes reasons; who joins or leaves by it changes the group's version, and their copies of the groups'
 * managed events are brought in step. The groups must be locked (`lockGroups`). Writes no events: the caller knows the
 * reasons.
 */
export async function placePeople(tx: SqlTransaction, changes: readonly SourceChange[]): Promise<Crossings> {
  const crossings = await changeSources(tx.sql, changes)
  const { joined, left, assigned } = crossings
  const ids = [...joined, ...left].map(({ groupId }) => groupId)
  await raiseGroupVersions(tx.sql, { ids: [...new Set(ids)], now: tx.clock.now() })
  const people = (crossed: Crossings['joined']): string[] => [...new Set(crossed.map(({ userId }) => userId))]
  await keepCopies(tx, { managedEventIds: assigned, take: people(left), give: people(joined) })
  return crossings
}
