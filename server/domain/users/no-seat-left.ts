// The refusal when an organization has no free seat: says how many are used and where to get more.
import { DomainError } from '#server/domain/error.ts'
import type { Sql } from '#server/domain/context.ts'
import { readSeats } from './read-seats.sql.ts'

/** Builds `users/no-seat-left`, with the numbers as they are now. */
export async function noSeatLeft({ sql }: { readonly sql: Sql }): Promise<DomainError> {
  const { used, limit } = await readSeats(sql)
  const total = limit ?? used
  return new DomainError({
    kind: 'no-seat',
    code: 'users/no-seat-left',
    message:
      `No free seat: ${String(used)} of ${String(total)} seats are taken. Add seats under Billing in the ` +
      'Rollcall console, or deactivate people who have left; then provision this person again.',
    detail: { used, total },
  })
}
