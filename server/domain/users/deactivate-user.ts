// An admin takes a person's access away by hand.
import type { Context } from '#server/domain/context.ts'
import { applyUserChange } from './apply-user-change.ts'
import { manageByHand } from './manage-by-hand.ts'
import { moveStatus } from './rules/move-status.ts'

/** Deactivating twice is the same as once. Throws `users/managed-by-idp`, `users/owner-protected`, `users/unknown`. */
export async function deactivateUser(ctx: Context, input: { userId: string }): Promise<void> {
  await manageByHand(ctx)
  const now = ctx.clock.now()
  await applyUserChange(ctx, {
    userId: input.userId,
    decide: current => moveStatus(current, { active: false, now }),
  })
}
