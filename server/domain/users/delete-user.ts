// Deletes a person as an identity provider asks (SCIM DELETE): gone at once, purged after the grace period.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { applyUserChange } from './apply-user-change.ts'
import { columnsOf } from './rules/columns.ts'
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
  const outcome = await applyUserChange(ctx, {
    userId: input.userId,
    expects: input.expects,
    decide: current => {
      protectOwner(current.role, 'be deleted')
      return deletion(current, { now: ctx.clock.now(), graceDays: input.graceDays })
    },
  })
  return outcome.user
}

/** The decision that deletes: shared with removal by the owner. */
export function deletion(current: User, when: { now: Date; graceDays: number }) {
  const purgeAt = new Date(when.now.getTime() + when.graceDays * 86_400_000)
  const subject = columnsOf(current.document).displayName
  return {
    user: { ...current, status: 'deleted' as const, deletedAt: when.now, purgeAt, provisionedAt: when.now },
    events: [{ type: 'user.deleted' as const, userId: current.id, detail: { subject } }],
  }
}
