// The owner brings a deleted person back within the grace period: deactivated, with the data they had, managed events
// that were assigned to them in person included; whoever puts people into groups does so again.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { keepCopies } from '#server/domain/managed-events/keep-copies.ts'
import { readOwnAssignments } from '#server/domain/managed-events/read-assignments.sql.ts'
import { lostRace, transact } from '#server/domain/transact.ts'
import { attemptUserChange } from './attempt-user-change.ts'
import { lockUser } from './read-user.sql.ts'
import { displayNameOf } from './rules/columns.ts'
import type { User } from './rules/user.ts'

/**
 * Restores as deactivated, so that no seat is needed and nobody gets access by surprise; the identity provider or an
 * admin activates. Throws `users/not-deleted`, `users/user-name-taken` (someone new has the name), `users/unknown`.
 */
export async function restoreUser(ctx: Context, input: { userId: string }): Promise<void> {
  demand(ctx.actor, 'users:restore')
  const now = ctx.clock.now()
  const { userId } = input
  const request = { userId, deleted: true, decide: (current: User) => restored(current, now) }
  await transact(ctx, async tx => {
    const outcome = await attemptUserChange(
      { ...ctx, db: tx.db, sql: tx.sql },
      { request, read: lockUser, inTransaction: true },
    )
    if (typeof outcome === 'string') throw lostRace('The person')
    const managedEventIds = await readOwnAssignments(tx.sql, userId)
    await keepCopies(tx, { managedEventIds, take: [], give: [userId] })
    const after = { status: 'deactivated' }
    tx.note({ action: 'user.restore', subjectKind: 'user', subjectId: userId, after })
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
