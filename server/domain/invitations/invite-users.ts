// Invites people by hand: they are pending, hold a seat and get a link each. All of the list or nobody.
import { demand, type Role } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError, invalidInput } from '#server/domain/error.ts'
import { currentMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { caseKey } from '#server/domain/users/rules/normal-form.ts'
import { oneOwner } from '#server/domain/users/rules/refusals.ts'
import type { UserStatus } from '#server/domain/users/rules/user.ts'
import { readSeats } from '#server/domain/users/read-seats.sql.ts'
import { mailInvitation } from './mail-invitation.ts'
import { newInvitation } from './new-invitation.ts'
import { lockPlaces } from './lock-places.ts'
import { placeInvited } from './place-invited.ts'
import { demandNewcomers, readList, type Invitee, type Listed } from './rules/check-list.ts'
import { invitedPerson } from './rules/invited-person.ts'
import { managedByIdentityProvider, tooFewSeats } from './rules/refusals.ts'
import { storeInvited } from './store-invited.ts'

export interface InviteUsersInput {
  /** 1 to 100; the name is the person's to change when they accept. */
  readonly people: readonly Listed[]
  readonly role: Role
  /** Groups that everybody joins; a group admin manages them, too. */
  readonly groupIds: readonly string[]
}

/** Somebody who is invited now. */
export interface Invited {
  readonly userId: string
  readonly address: string
  /** Of the link, in this answer and nowhere else; null when it went out by mail. */
  readonly secret: string | null
}

interface Wanted extends InviteUsersInput {
  readonly invitees: readonly Invitee[]
}

/**
 * Throws `invitations/bad-list` with a field for each line that cannot be invited, `invitations/too-few-seats`,
 * `invitations/managed-by-idp`, `invitations/no-group` (a group admin of none), `users/one-owner`, `groups/unknown` and
 * `organizations/not-in-plan`. Roles other than user take the right to give roles, groups the right to change them.
 */
export async function inviteUsers(ctx: Context, input: InviteUsersInput): Promise<Invited[]> {
  demand(ctx.actor, 'users:write')
  if (input.role !== 'user') demand(ctx.actor, 'roles:write')
  if (input.groupIds.length > 0) demand(ctx.actor, 'groups:write')
  if (input.role === 'owner') throw oneOwner()
  const invitees = readList(input.people)
  const groupIds = [...new Set(input.groupIds)]
  if (input.role === 'group_admin' && groupIds.length === 0) throw noGroup()
  const wanted = { ...input, groupIds, invitees }
  try {
    return await attempt(ctx, wanted)
  } catch (error) {
    // Somebody else made one of the people at the same moment: this time they are found and named.
    if (isDuplicate(error)) return attempt(ctx, wanted)
    throw error
  }
}

async function attempt(ctx: Context, wanted: Wanted): Promise<Invited[]> {
  try {
    return await transact(ctx, tx => invite(tx, wanted))
  } catch (error) {
    const full = error instanceof DomainError && error.code === 'users/no-seat-left'
    if (!full) throw error
    const { used = 0, total = 0 } = error.detail
    throw tooFewSeats({ used, total }, wanted.invitees.length)
  }
}

async function invite(tx: Transaction, wanted: Wanted): Promise<Invited[]> {
  const { invitees, role, groupIds } = wanted
  const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: tx.orgId } })
  if (organization.scimEnforced) throw managedByIdentityProvider()
  if (groupIds.length > 0) demandEntitlement(organization, 'groups')
  const mapping = await currentMapping(tx)
  const people = invitees.map(invitee => ({
    invitee,
    user: invitedPerson({ id: tx.clock.newId(), invitee, role, now: tx.clock.now() }),
    ...newInvitation(tx, organization),
  }))
  const places = await lockPlaces(tx, { groupIds, mapping, users: people.map(({ user }) => user) })
  demandNewcomers(invitees, await knownAmong(tx, invitees))
  await demandSeats(tx, invitees.length)
  await storeInvited(tx, { people, role, mapping, groupIds })
  await placeInvited(tx, places)
  const invited: Invited[] = []
  for (const { user, invitee, secret, row } of people) {
    const { id: userId } = user
    const { address, name } = invitee
    const person = { userId, address, name: name ?? address }
    const letter = { organization, person, secret, expiresAt: row.expiresAt, reminder: false }
    const mailed = await mailInvitation(tx, letter)
    invited.push({ userId, address, secret: mailed ? null : secret })
  }
  return invited
}

async function knownAmong(tx: Transaction, invitees: readonly Invitee[]) {
  const keys = invitees.map(({ key }) => key)
  const emailKeys = invitees.map(({ address }) => caseKey(address))
  const found = await tx.db.user.findMany({
    where: {
      orgId: tx.orgId,
      deletedAt: null,
      OR: [{ userNameKey: { in: keys } }, { emailKeys: { hasSome: emailKeys } }],
    },
    select: { userNameKey: true, emailKeys: true, status: true },
  })
  return found.map(({ userNameKey, emailKeys: own, status }) => ({
    keys: [userNameKey, ...own],
    status: status as UserStatus,
  }))
}

/** The counter decides at the end, whoever else is inviting; this says it with the number before anything is written. */
async function demandSeats(tx: Transaction, count: number): Promise<void> {
  const { used, limit } = await readSeats(tx.sql)
  if (limit !== null && used + count > limit) throw tooFewSeats({ used, total: limit }, count)
}

function noGroup(): DomainError {
  const message = 'A group admin manages groups. Choose at least one group, or another role.'
  return invalidInput('invitations/no-group', [{ path: 'groupIds', message }])
}
