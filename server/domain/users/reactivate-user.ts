// An admin gives a deactivated person access again by hand.
import type { Context } from '#server/domain/context.ts'
import { applyUserChange } from './apply-user-change.ts'
import { manageByHand } from './manage-by-hand.ts'
import { moveStatus } from './rules/move-status.ts'

/** Needs a free seat: `users/no-seat-left`. Throws `users/managed-by-idp`, `users/unknown`. */
export async function reactivateUser(ctx: Context, input: { userId: string }): Promise<void> {
  await manageByHand(ctx)
  const now = ctx.clock.now()
  await applyUserChange(ctx, {
    userId: input.userId,
    decide: current => moveStatus(current, { active: true, now }),
  })
}
