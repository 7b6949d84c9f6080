// The owner removes a deactivated person; the same as a deletion by the identity provider.
import type { NewActivity } from '#server/domain/activity-log/write-activities.sql.ts'
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { applyUserDeletion } from './apply-user-deletion.ts'
import { deletion } from './rules/deletion.ts'
import { protectOwner } from './rules/lifecycle.ts'
import { managedByIdentityProvider } from './rules/refusals.ts'
import { userNameOf, type User } from './rules/user.ts'

export interface RemoveUserInput {
  readonly userId: string
  /** The person's exact userName, typed as confirmation. */
  readonly confirmUserName: string
}

/**
 * Removes the person; restorable for the grace period. While SCIM is enforced only the owner may, and only someone
 * already deactivated. Throws `users/managed-by-idp`, `users/still-active`, `users/name-differs`, `users/unknown`.
 */
export async function removeUser(ctx: Context, input: RemoveUserInput): Promise<void> {
  demand(ctx.actor, 'users:write')
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  const owner = ctx.actor.kind === 'person' && ctx.actor.role === 'owner'
  if (organization.scimEnforced && !owner) throw managedByIdentityProvider()
  const when = { now: ctx.clock.now(), graceDays: organization.deletionGraceDays }
  await applyUserDeletion(ctx, {
    userId: input.userId,
    decide: current => {
      check(current, input)
      return { ...deletion(current, when), activity: removalOf(current) }
    },
  })
}

function removalOf({ id, status }: User): NewActivity {
  return { action: 'user.remove', subjectKind: 'user', subjectId: id, before: { status } }
}

function check(current: User, input: RemoveUserInput): void {
  protectOwner(current.role, 'be removed')
  if (current.status !== 'deactivated') {
    throw new DomainError({
      kind: 'conflict',
      code: 'users/still-active',
      message: 'Only people who are deactivated can be removed. Deactivate this person first.',
    })
  }
  if (userNameOf(current.document) === input.confirmUserName) return
  const message = `Type the person's exact user name, "${userNameOf(current.document)}", to remove them.`
  throw invalidInput('users/name-differs', [{ path: 'confirmUserName', message }])
}
