// Takes an invitation back: the pending person goes, with their seat, their name and the link.
import type { NewActivity } from '#server/domain/activity-log/write-activities.sql.ts'
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { applyUserDeletion } from '#server/domain/users/apply-user-deletion.ts'
import type { Decision } from '#server/domain/users/attempt-user-change.ts'
import { deletion } from '#server/domain/users/rules/deletion.ts'
import { displayNameOf } from '#server/domain/users/rules/columns.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { cameFromIdentityProvider, managedByIdentityProvider, notPending } from './rules/refusals.ts'

export interface WithdrawInvitationInput {
  readonly userId: string
}

/**
 * Like a removal: the owner may restore the person until the grace period ends, the link stays dead. Throws
 * `invitations/managed-by-idp`, `invitations/not-pending`, `invitations/linked`, `users/unknown`.
 */
export async function withdrawInvitation(ctx: Context, input: WithdrawInvitationInput): Promise<void> {
  demand(ctx.actor, 'users:write')
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  if (organization.scimEnforced) throw managedByIdentityProvider()
  const when = { now: ctx.clock.now(), graceDays: organization.deletionGraceDays }
  await applyUserDeletion(ctx, {
    userId: input.userId,
    decide: current => withdrawn(current, when),
  })
}

function withdrawn(current: User, when: { now: Date; graceDays: number }): Decision {
  if (current.status !== 'pending') throw notPending()
  if (current.linkedAt !== null) throw cameFromIdentityProvider()
  const detail = { subject: displayNameOf(current.document), words: { by: 'withdrawal' } }
  const activity: NewActivity = {
    action: 'invitation.withdraw',
    subjectKind: 'user',
    subjectId: current.id,
    before: { status: current.status },
  }
  return {
    user: deletion(current, when).user,
    events: [{ type: 'user.deleted', userId: current.id, detail }],
    activity,
  }
}
