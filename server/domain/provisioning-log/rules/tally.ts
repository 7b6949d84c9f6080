// How many people are in each state: kept beside the log's counter so that seats and tab counts are exact and free.
import type { UserStatus } from '#server/domain/users/rules/user.ts'

export type Tally = Readonly<Record<UserStatus, number>>

export const noTally: Tally = { pending: 0, active: 0, deactivated: 0, deleted: 0 }

/** The difference that one person makes who leaves `from` and enters `to`; null stands for "does not exist". */
export function tallyOf(from: UserStatus | null, to: UserStatus | null): Tally {
  if (from === to) return noTally
  const tally: Record<UserStatus, number> = { ...noTally }
  if (from !== null) tally[from] -= 1
  if (to !== null) tally[to] += 1
  return tally
}

/** Several differences at once. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum: Record<UserStatus, number> = { ...noTally }
  for (const tally of tallies) {
    sum.pending += tally.pending
    sum.active += tally.active
    sum.deactivated += tally.deactivated
    sum.deleted += tally.deleted
  }
  return sum
}

/** Seats that a difference takes (positive) or frees (negative): pending and active people hold one. */
export function seatsTaken(tally: Tally): number {
  return tally.pending + tally.active
}
