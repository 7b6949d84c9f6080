// What an invitation's link is for; the link itself is the proof.
import type { Db, InstallationContext } from '#server/domain/context.ts'
import { findContact } from '#server/domain/organizations/find-contact.ts'
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'
import { hashSecret, parseSecret } from '#server/domain/secrets/secret.ts'
import { signsIn, type SsoStatus } from '#server/domain/sso/rules/connection.ts'
import type { UserStatus } from '#server/domain/users/rules/user.ts'
import { addressOf } from './rules/address.ts'
import { stateOf, type InvitationState } from './rules/invitation.ts'

export interface FoundInvitation {
  readonly orgId: string
  readonly userId: string
  readonly organizationName: string
  /** To sign in with. */
  readonly address: string
  /** As it is known so far; null when nobody has said it. */
  readonly name: string | null
  /** The identity provider says what the person is called. */
  readonly linked: boolean
  readonly state: InvitationState
  readonly expiresAt: Date
  /** Single sign-on: works here, and is the only way. */
  readonly sso: { readonly works: boolean; readonly enforced: boolean }
  /** Whom to ask: who sent it, else the owner; null when neither has a name any more. */
  readonly contact: string | null
}

/** Null when the link is malformed, unknown, withdrawn or replaced by a newer one. */
export async function findInvitation(
  ctx: InstallationContext,
  input: { secret: string },
): Promise<FoundInvitation | null> {
  const secret = parseSecret(input.secret)
  if (secret?.kind !== 'invite') return null
  const organization = await ctx.installation.organization.findUnique({
    where: { key: secret.orgKey },
    include: { ssoConnection: { select: { status: true } } },
  })
  if (organization === null) return null
  const { id: orgId, name: organizationName, ssoConnection } = organization
  const hash = hashSecret(secret)
  const { db } = ctx.within(orgId)
  const found = await db.invitation.findFirst({
    where: { orgId, OR: [{ hash }, { reminderHash: hash }] },
    include: { user: true },
  })
  if (found === null) return null
  const { user, expiresAt } = found
  const status = entitlementsOf(organization).sso
    ? (ssoConnection?.status as SsoStatus | undefined)
    : undefined
  return {
    orgId,
    userId: user.id,
    organizationName,
    address: addressOf(user) ?? user.userName,
    name: user.displayName === user.userName ? null : user.displayName,
    linked: user.linkedAt !== null,
    state: stateOf({ expiresAt, status: user.status as UserStatus }, ctx.clock.now()),
    expiresAt,
    sso: { works: signsIn(status), enforced: status === 'enforced' },
    contact: await contactOf(db, { orgId, invitedById: found.invitedById }),
  }
}

/** Whoever invited, while they are there; else the owner. */
async function contactOf(db: Db, who: { orgId: string; invitedById: string | null }): Promise<string | null> {
  const { orgId, invitedById } = who
  if (invitedById === null) return findContact(db, orgId)
  const sender = await db.user.findFirst({
    where: { orgId, id: invitedById, deletedAt: null },
    select: { displayName: true },
  })
  return sender?.displayName ?? (await findContact(db, orgId))
}
