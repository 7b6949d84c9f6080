// Deletes a person as an identity provider asks (SCIM DELETE): gone at once, purged after the grace period.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { applyUserDeletion } from './apply-user-deletion.ts'
import { deletion } from './rules/deletion.ts'
import { protectOwner } from './rules/lifecycle.ts'
import type { User } from './rules/user.ts'

export interface DeleteUserInput {
  readonly userId: string
  /** See `UserChangeRequest`: If-Match. */
  readonly expects?: ((version: number) => boolean) | undefined
  /** Days until the data is purged; until then the owner can restore the person. */
  readonly graceDays: number
}

/** Deletes the person. Throws `users/unknown`, `users/version-mismatch` and `users/owner-protected`. */
export async function deleteUser(ctx: Context, input: DeleteUserInput): Promise<User> {
  demand(ctx.actor, 'scim')
  const outcome = await applyUserDeletion(ctx, {
    userId: input.userId,
    expects: input.expects,
    decide: current => {
      protectOwner(current.role, 'be deleted')
      return deletion(current, { now: ctx.clock.now(), graceDays: input.graceDays })
    },
  })
  return outcome.user
}
