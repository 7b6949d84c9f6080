// An admin takes a person's access away, or gives it back, by hand.
import { noteActivity } from '#server/domain/activity-log/note-activity.ts'
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { applyUserChange } from './apply-user-change.ts'
import { moveStatus } from './rules/move-status.ts'
import { managedByIdentityProvider } from './rules/refusals.ts'

export interface SwitchUserInput {
  readonly userId: string
  readonly active: boolean
}

/**
 * Deactivates or reactivates; doing it twice is the same as once. Refused while an identity provider manages people:
 * `users/managed-by-idp`. Throws `users/owner-protected`, `users/no-seat-left`, `users/unknown`.
 */
export async function switchUser(ctx: Context, input: SwitchUserInput): Promise<void> {
  demand(ctx.actor, 'users:write')
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  if (organization.scimEnforced) throw managedByIdentityProvider()
  const now = ctx.clock.now()
  const { changed, before, user } = await applyUserChange(ctx, {
    userId: input.userId,
    decide: current => moveStatus(current, { active: input.active, now }),
  })
  if (!changed) return
  await noteActivity(ctx, {
    action: input.active ? 'user.reactivate' : 'user.deactivate',
    subjectKind: 'user',
    subjectId: input.userId,
    before: { status: before.status },
    after: { status: user.status },
  })
}
