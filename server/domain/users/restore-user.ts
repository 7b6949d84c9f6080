// The owner brings a deleted person back within the grace period: deactivated, with the data they had;
// whoever puts people into groups does so again.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { applyUserChange } from './apply-user-change.ts'
import { displayNameOf } from './rules/columns.ts'
import type { User } from './rules/user.ts'

/**
 * Restores as deactivated, so that no seat is needed and nobody gets access by surprise; the identity provider or an
 * admin activates. Throws `users/not-deleted`, `users/user-name-taken` (someone new has the name), `users/unknown`.
 */
export async function restoreUser(ctx: Context, input: { userId: string }): Promise<void> {
  demand(ctx.actor, 'users:restore')
  const now = ctx.clock.now()
  await applyUserChange(ctx, {
    userId: input.userId,
    deleted: true,
    decide: current => restored(current, now),
  })
}

function restored(current: User, now: Date) {
  if (current.status !== 'deleted') {
    throw new DomainError({
      kind: 'conflict',
      code: 'users/not-deleted',
      message: 'This person is not deleted, so there is nothing to restore.',
    })
  }
  const user: User = {
    ...current,
    status: 'deactivated',
    version: current.version + 1,
    lastModified: now,
    deactivatedAt: now,
    deletedAt: null,
    purgeAt: null,
  }
  const subject = displayNameOf(current.document)
  return { user, events: [{ type: 'user.restored' as const, userId: current.id, detail: { subject } }] }
}
