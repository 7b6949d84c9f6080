// How long an invitation lasts, when it reminds, and where one stands.
import type { UserStatus } from '#server/domain/users/rules/user.ts'

const day = 86_400_000
export const validDays = 30
export const remindAfterDays = 7
export const mostAtOnce = 100

/** `open` lets the person in; `accepted` people sign in; `closed` people may not, whatever their link says. */
export type InvitationState = 'open' | 'expired' | 'accepted' | 'closed'

export function expiryOf(sentAt: Date): Date {
  return new Date(sentAt.getTime() + validDays * day)
}

/** Whoever was sent their invitation before this moment is to be reminded now. */
export function remindedBefore(now: Date): Date {
  return new Date(now.getTime() - remindAfterDays * day)
}

/** What a link that is known is good for. */
export function stateOf(
  invitation: { readonly expiresAt: Date; readonly status: UserStatus },
  now: Date,
): InvitationState {
  if (invitation.status === 'active') return 'accepted'
  if (invitation.status !== 'pending') return 'closed'
  return invitation.expiresAt <= now ? 'expired' : 'open'
}
