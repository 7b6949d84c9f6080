// The refusal when an organization has no free seat: says how many are used and where to get more.
import { DomainError } from '#server/domain/error.ts'
import type { Connection } from '#server/domain/context.ts'

/** Builds `users/no-seat-left`, with the numbers as they are now. */
export async function noSeatLeft(connection: Connection & { orgId: string }): Promise<DomainError> {
  const { orgId, db } = connection
  const organization = await db.organization.findUniqueOrThrow({
    where: { id: orgId },
    select: { seatLimit: true, stream: { select: { pending: true, active: true } } },
  })
  const used = (organization.stream?.pending ?? 0) + (organization.stream?.active ?? 0)
  const total = organization.seatLimit ?? used
  return new DomainError({
    kind: 'no-seat',
    code: 'users/no-seat-left',
    message:
      `No free seat: ${String(used)} of ${String(total)} seats are taken. Add seats under Billing in the ` +
      'Rollcall console, or deactivate people who have left; then provision this person again.',
    detail: { used, total },
  })
}
