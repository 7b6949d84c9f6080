// Deletes one person, with their memberships, copies of managed events and invitation, in one transaction.
import { writeActivities } from '#server/domain/activity-log/write-activities.sql.ts'
import type { Context } from '#server/domain/context.ts'
import { endInvitation } from '#server/domain/invitations/end-invitation.sql.ts'
import { takeCopiesOfPerson } from '#server/domain/managed-events/write-copies.sql.ts'
import { lockGroupsOf, leaveGroups } from '#server/domain/memberships/leave-groups.sql.ts'
import { memberEvents, nobody } from '#server/domain/memberships/rules/moved-people.ts'
import { lostRace, transactSql, type SqlTransaction } from '#server/domain/transact.ts'
import { attemptUserChange, type UserChanged, type UserChangeRequest } from './attempt-user-change.ts'
import { inTurn } from './in-turn.ts'
import { lockUser } from './read-user.sql.ts'
import { displayNameOf } from './rules/columns.ts'
import type { User } from './rules/user.ts'

/**
 * Applies a decision that deletes. Locks groups before the person, as every change of members does; someone who joined
 * another group meanwhile makes it start over.
 */
export async function applyUserDeletion(ctx: Context, request: UserChangeRequest): Promise<UserChanged> {
  return inTurn(`${ctx.orgId} ${request.userId}`, () =>
    transactSql(ctx, async tx => {
      const locked = new Set(await lockGroupsOf(tx.sql, request.userId))
      const outcome = await attemptUserChange(
        { ...ctx, sql: tx.sql },
        { request, read: lockUser, inTransaction: true },
      )
      if (typeof outcome === 'string') throw lostRace('The person')
      if (outcome.activity !== undefined) await writeActivities(tx, [outcome.activity])
      if (outcome.user.status === 'deleted') await leave(tx, { user: outcome.user, locked })
      return outcome
    }),
  )
}

async function leave(
  tx: SqlTransaction,
  { user, locked }: { user: User; locked: ReadonlySet<string> },
): Promise<void> {
  const who = { userId: user.id, now: tx.clock.now() }
  const left = await leaveGroups(tx.sql, who)
  if (left.some(({ id }) => !locked.has(id))) throw lostRace('A group')
  await takeCopiesOfPerson(tx.sql, who)
  await endInvitation(tx.sql, user.id)
  const removed = { count: 1, names: [displayNameOf(user.document)], ids: [user.id] }
  for (const group of left) memberEvents(group, { added: nobody, removed }).forEach(tx.record)
}
