// Sends many pending people a new link at once; the old ones are dead from then on. Also while an identity provider manages people.
import { demand, may } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { lockPeople, type ListedPerson } from '#server/domain/users/people-of-list.sql.ts'
import { peopleList, type PassedOver, type PassedReason } from '#server/domain/users/rules/people-list.ts'
import type { Invited } from './invite-users.ts'
import { mailInvitation } from './mail-invitation.ts'
import { newInvitation } from './new-invitation.ts'
import { addressOf } from './rules/address.ts'

export interface ResendInvitationsInput {
  /** At most 1,000. */
  readonly userIds: readonly string[]
}

export interface InvitationsResent {
  readonly invited: readonly (Invited & { readonly name: string })[]
  readonly passed: readonly PassedOver[]
}

interface Guest {
  readonly userId: string
  readonly name: string
  readonly address: string
}
type Fresh = Guest & ReturnType<typeof newInvitation>

/**
 * Passes over whoever is not pending, has no address, has a role that the caller may not give, or is nobody at all,
 * each with the reason. Throws `users/too-many`.
 */
export async function resendInvitations(
  ctx: Context,
  input: ResendInvitationsInput,
): Promise<InvitationsResent> {
  demand(ctx.actor, 'users:write')
  const userIds = peopleList(input.userIds)
  return transact(ctx, async tx => {
    const people = await lockPeople(tx.sql, userIds)
    const guests: Guest[] = []
    const passed: PassedOver[] = []
    for (const userId of userIds) {
      const person = people.get(userId)
      const found = guestIn(tx, person)
      if (typeof found === 'string') passed.push({ userId, name: person?.name ?? null, reason: found })
      else guests.push(found)
    }
    return { invited: await send(tx, guests), passed }
  })
}

function guestIn(tx: Transaction, person: ListedPerson | undefined): Guest | PassedReason {
  if (person === undefined) return 'unknown'
  if (person.status !== 'pending') return 'not-pending'
  if (person.role !== 'user' && !may(tx.actor, 'roles:write')) return 'not-permitted'
  const address = addressOf(person)
  return address === null ? 'no-address' : { userId: person.id, name: person.name, address }
}

async function send(tx: Transaction, guests: readonly Guest[]): Promise<InvitationsResent['invited']> {
  const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: tx.orgId } })
  const fresh = guests.map(guest => ({ ...guest, ...newInvitation(tx, organization) }))
  await replaceLinks(tx, fresh)
  const invited = []
  for (const { userId, name, address, secret, row } of fresh) {
    tx.record({ type: 'user.invited', userId, detail: { subject: name, words: { way: 'again' } } })
    tx.note({ action: 'invitation.resend', subjectKind: 'user', subjectId: userId })
    const person = { userId, address, name }
    const letter = { organization, person, secret, expiresAt: row.expiresAt, reminder: false }
    const mailed = await mailInvitation(tx, letter)
    invited.push({ userId, name, address, secret: mailed ? null : secret })
  }
  return invited
}

/** Two statements for all: the people are locked, so nobody accepts or replaces a link in between. */
async function replaceLinks(tx: Transaction, fresh: readonly Fresh[]): Promise<void> {
  const { orgId } = tx
  const where = { orgId, userId: { in: fresh.map(({ userId }) => userId) } }
  const before = new Map((await tx.db.invitation.findMany({ where })).map(row => [row.userId, row]))
  await tx.db.invitation.deleteMany({ where })
  const data = fresh.map(({ userId, row }) => {
    return { orgId, userId, invitedAt: row.sentAt, ...before.get(userId), ...row }
  })
  await tx.db.invitation.createMany({ data })
}
