// Sends a pending person a new link; the old one is dead from then on. Also while an identity provider manages people.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { lockUser } from '#server/domain/users/read-user.sql.ts'
import { columnsOf } from '#server/domain/users/rules/columns.ts'
import { unknownUser } from '#server/domain/users/rules/refusals.ts'
import type { Invited } from './invite-users.ts'
import { mailInvitation } from './mail-invitation.ts'
import { newInvitation } from './new-invitation.ts'
import { addressOf } from './rules/address.ts'
import { noMailAddress, notPending } from './rules/refusals.ts'

export interface ResendInvitationInput {
  readonly userId: string
}

/**
 * Pending people whom the identity provider made may be sent one, too. Throws `users/unknown`,
 * `invitations/not-pending`, `invitations/no-mail-address`. Whoever may not give roles may not send a link that opens one.
 */
export async function resendInvitation(ctx: Context, input: ResendInvitationInput): Promise<Invited> {
  demand(ctx.actor, 'users:write')
  return transact(ctx, async tx => {
    const { address, role, displayName } = await invitable(tx, input.userId)
    if (role !== 'user') demand(ctx.actor, 'roles:write')
    const { orgId } = tx
    const { userId } = input
    const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: orgId } })
    const { secret, row } = newInvitation(tx, organization)
    await tx.db.invitation.upsert({
      where: { orgId_userId: { orgId, userId } },
      create: { orgId, userId, invitedAt: row.sentAt, ...row },
      update: row,
    })
    tx.record({ type: 'user.invited', userId, detail: { subject: displayName, words: { way: 'again' } } })
    tx.note({ action: 'invitation.resend', subjectKind: 'user', subjectId: userId })
    const person = { userId, address, name: displayName }
    const letter = { organization, person, secret, expiresAt: row.expiresAt, reminder: false }
    const mailed = await mailInvitation(tx, letter)
    return { userId, address, secret: mailed ? null : secret }
  })
}

/** Locked, so that nobody accepts the old link meanwhile. */
async function invitable(tx: Transaction, userId: string) {
  const user = await lockUser(tx.sql, userId)
  if (user === null || user.status === 'deleted') throw unknownUser(userId)
  if (user.status !== 'pending') throw notPending()
  const { email, userName, displayName } = columnsOf(user.document)
  const address = addressOf({ email, userName })
  if (address === null) throw noMailAddress()
  return { address, role: user.role, displayName }
}
