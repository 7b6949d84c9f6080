// Changes what a person may do in the console; allowed while an identity provider manages people.
import { demand, type Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { applyUserChange } from './apply-user-change.ts'
import type { Decision } from './attempt-user-change.ts'
import { protectOwner } from './rules/lifecycle.ts'
import { oneOwner } from './rules/refusals.ts'
import type { User } from './rules/user.ts'
import { withRole } from './rules/with-role.ts'

export interface ChangeUserRoleInput {
  readonly userId: string
  readonly role: Role
}

/** Throws `users/owner-protected`, `users/one-owner` (ownership is transferred, not given), `users/unknown`. */
export async function changeUserRole(ctx: Context, input: ChangeUserRoleInput): Promise<void> {
  demand(ctx.actor, 'roles:write')
  await applyUserChange(ctx, {
    userId: input.userId,
    decide: current => {
      protectOwner(current.role, 'get another role')
      if (input.role === 'owner') throw oneOwner()
      return current.role === input.role ? null : noted(current, input.role)
    },
  })
}

function noted(current: User, role: Role): Decision {
  const activity = {
    action: 'user.change_role',
    subjectKind: 'user',
    subjectId: current.id,
    before: { role: current.role },
    after: { role },
  }
  return { ...withRole(current, role), activity }
}
