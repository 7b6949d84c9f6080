// An admin takes a person's access away, or gives it back, by hand.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { applyUserChange } from './apply-user-change.ts'
import type { Decision } from './attempt-user-change.ts'
import { moveStatus } from './rules/move-status.ts'
import { managedByIdentityProvider } from './rules/refusals.ts'
import type { User } from './rules/user.ts'

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
  await applyUserChange(ctx, {
    userId: input.userId,
    decide: current => switched(current, { active: input.active, now }),
  })
}

function switched(current: User, to: { active: boolean; now: Date }): Decision | null {
  const moved = moveStatus(current, to)
  if (moved === null) return null
  const activity = {
    action: to.active ? 'user.reactivate' : 'user.deactivate',
    subjectKind: 'user',
    subjectId: current.id,
    before: { status: current.status },
    after: { status: moved.user.status },
  }
  return { ...moved, activity }
}
