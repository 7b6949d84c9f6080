// Brings copies of managed events in step with memberships and assignments, in the transaction that changed those.
import type { SqlTransaction } from '#server/domain/transact.ts'
import { giveCopies, lockCopies, makeRoom, takeCopies, type CopyScope } from './write-copies.sql.ts'
import { keptSince } from './rules/return.ts'

export interface CopiesToKeep {
  readonly managedEventIds: readonly string[]
  /** Who may have lost their reason for a copy; `everyone` who holds one. */
  readonly take: readonly string[] | 'everyone'
  /** Who may have got a reason. */
  readonly give: readonly string[]
}

export interface CopiesKept {
  readonly given: number
  readonly taken: number
}

/** People in one statement, each with all of the managed events. */
const atOnce = 1_000
/** Each round makes room for one newcomer at an address; more than a few mean an error of ours. */
const rounds = 10

/**
 * Gives copies to people who have a reason (they, or a group of theirs, are assigned) and takes them from those who
 * have none. Whoever changes memberships or assignments has locked the groups; here the managed events and the copies
 * are locked, so that of two transactions about one copy the later sees what the earlier did.
 */
export async function keepCopies(tx: SqlTransaction, asked: CopiesToKeep): Promise<CopiesKept> {
  const { managedEventIds, take, give } = asked
  if (managedEventIds.length === 0) return { given: 0, taken: 0 }
  const now = tx.clock.now()
  const scope = { managedEventIds, now, keptSince: keptSince(now) }
  let taken = 0
  let given = 0
  if (take === 'everyone') {
    await lockCopies(tx.sql, { ...scope, userIds: 'everyone' })
    taken += await takeCopies(tx.sql, { ...scope, userIds: 'everyone' })
  }
  const leavers = take === 'everyone' ? [] : take
  // In one order for everybody, so that no two of them wait for each other.
  const people = [...new Set([...leavers, ...give])].sort()
  for (let from = 0; from < people.length; from += atOnce) {
    const userIds = people.slice(from, from + atOnce)
    await lockCopies(tx.sql, { ...scope, userIds })
    if (leavers.length > 0) taken += await takeCopies(tx.sql, { ...scope, userIds })
    if (give.length > 0) given += await giveAll(tx, { ...scope, userIds })
  }
  return { given, taken }
}

/** Newcomers whose address is in use wait for the round in which it is free. */
async function giveAll(
  tx: SqlTransaction,
  scope: CopyScope & { userIds: readonly string[] },
): Promise<number> {
  let all = 0
  for (let round = 0; round < rounds; round += 1) {
    const { given, waiting } = await giveCopies(tx.sql, scope)
    all += given
    if (waiting === 0) return all
    await makeRoom(tx.sql, scope)
  }
  throw new Error('Copies of managed events found no free address.')
}
