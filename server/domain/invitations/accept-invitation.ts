// Uses an invitation: the person says their name, sets a password, is active and signed in. Once.
import type { PersonActor, Role } from '#server/domain/actor.ts'
import type { Context, InstallationContext } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { hashSecret, parseSecret, type Secret } from '#server/domain/secrets/secret.ts'
import { hashPassword } from '#server/domain/sessions/hash-password.ts'
import { openSession } from '#server/domain/sessions/open-session.ts'
import { checkPassword } from '#server/domain/sessions/rules/password.ts'
import type { StartedSession } from '#server/domain/sessions/start-session.ts'
import { lostRace, transact, type Transaction } from '#server/domain/transact.ts'
import { isDemandedOf } from '#server/domain/two-step/rules/demanded.ts'
import { attemptUserChange, type Decision } from '#server/domain/users/attempt-user-change.ts'
import { lockUser } from '#server/domain/users/read-user.sql.ts'
import { activate } from '#server/domain/users/rules/activate.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { findInvitation, type FoundInvitation } from './find-invitation.ts'
import { stateOf } from './rules/invitation.ts'
import { notOpen, ssoEnforced, unknownInvitation } from './rules/refusals.ts'

export interface AcceptInvitationInput {
  readonly secret: string
  /** Not looked at for people whom the identity provider names. */
  readonly name: string
  readonly password: string
}

export interface InvitationAccepted {
  /** Null where the organization asks for a second step: the person signs in with their new password and sets it up. */
  readonly signedIn: { readonly actor: PersonActor; readonly session: StartedSession } | null
}

interface Accepting {
  readonly invitation: FoundInvitation
  readonly secret: Secret
  readonly name: string
  readonly passwordHash: string
}

/**
 * Of parallel calls exactly one succeeds. Throws `invitations/unknown`, `invitations/expired`, `invitations/accepted`,
 * `invitations/closed`, `invitations/sso-enforced`, and `invitations/bad-input` or `sessions/weak-password` with a line
 * per field.
 */
export async function acceptInvitation(
  ctx: InstallationContext,
  input: AcceptInvitationInput,
): Promise<InvitationAccepted> {
  const invitation = await findInvitation(ctx, input)
  const secret = parseSecret(input.secret)
  if (invitation === null || secret === null) throw unknownInvitation()
  if (invitation.state !== 'open') throw notOpen(invitation.state, invitation.contact)
  if (invitation.sso.enforced) throw ssoEnforced()
  const name = check(invitation, input)
  const passwordHash = await hashPassword(input.password)
  const within = asInvited(ctx.within(invitation.orgId), { invitation, name })
  const { role, requireTwoStep } = await transact(within, tx =>
    accept({ ctx: within, tx }, { invitation, secret, name, passwordHash }),
  )
  if (isDemandedOf(role, { requireTwoStep })) return { signedIn: null }
  const person = { userId: invitation.userId, name, role }
  return { signedIn: await openSession(within, { person, via: 'password' }) }
}

/** The name that counts from here on. */
function check({ linked, ...known }: FoundInvitation, input: AcceptInvitationInput): string {
  const name = linked ? (known.name ?? known.address) : input.name.trim()
  if (name.length < 1 || name.length > 100) {
    const message = 'Enter your name, 1 to 100 characters.'
    throw invalidInput('invitations/bad-input', [{ path: 'name', message }])
  }
  checkPassword(input.password, [known.organizationName, name, ...known.address.split(/[@.]/)])
  return name
}

/** What happens now is the person's own doing. */
function asInvited(ctx: Context, who: { invitation: FoundInvitation; name: string }): Context {
  const { orgId, userId } = who.invitation
  const actor: PersonActor = {
    kind: 'person',
    orgId,
    userId,
    name: who.name,
    role: 'user',
    sessionHash: new Uint8Array(),
    origin: ctx.actor.origin,
  }
  return { ...ctx, actor }
}

/** People are locked before their invitation, as by whoever sends it again. */
async function accept(
  { ctx, tx }: { ctx: Context; tx: Transaction },
  what: Accepting,
): Promise<{ role: Role; requireTwoStep: boolean }> {
  const { invitation, secret, name } = what
  const { userId } = invitation
  const request = {
    userId,
    deleted: true,
    decide: (current: User) => accepted(tx, { current, invitation, name }),
  }
  const outcome = await attemptUserChange(
    { ...ctx, db: tx.db, sql: tx.sql },
    { request, read: lockUser, inTransaction: true },
  )
  if (typeof outcome === 'string') throw lostRace('The person')
  await useLink(tx, { userId, secret })
  await setPassword(tx, what)
  tx.note({
    action: 'invitation.accept',
    subjectKind: 'user',
    subjectId: userId,
    after: { status: 'active' },
  })
  const { requireTwoStep } = await tx.db.organization.findUniqueOrThrow({ where: { id: tx.orgId } })
  return { role: outcome.user.role, requireTwoStep }
}

function accepted(
  tx: Transaction,
  { current, invitation, name }: { current: User; invitation: FoundInvitation; name: string },
): Decision | null {
  const { expiresAt, contact, linked } = invitation
  const state = stateOf({ expiresAt, status: current.status }, tx.clock.now())
  if (state !== 'open') throw notOpen(state, contact)
  const active = activate(current, tx.clock.now())
  const before = current.document['displayName'] ?? null
  if (active === null || linked || before === name) return active
  const document = { ...current.document, displayName: name }
  const user = { ...active.user, document, version: current.version + 1, lastModified: tx.clock.now() }
  const detail = { subject: name, changes: [{ path: 'displayName', before, after: name }] }
  return { user, events: active.events.map(event => ({ ...event, detail })) }
}

/** Whoever sent a newer one meanwhile has replaced the hash. */
async function useLink(
  tx: Transaction,
  { userId, secret }: { userId: string; secret: Secret },
): Promise<void> {
  const { orgId } = tx
  const hash = hashSecret(secret)
  const now = tx.clock.now()
  const used = await tx.db.invitation.updateMany({
    where: {
      orgId,
      userId,
      acceptedAt: null,
      expiresAt: { gt: now },
      OR: [{ hash }, { reminderHash: hash }],
    },
    data: { acceptedAt: now },
  })
  if (used.count !== 1) throw unknownInvitation()
}

async function setPassword(tx: Transaction, { invitation, passwordHash }: Accepting): Promise<void> {
  const { orgId } = tx
  const { userId, address } = invitation
  const data = { loginKey: nameKey(address), passwordHash, changedAt: tx.clock.now() }
  await tx.db.credential.upsert({
    where: { orgId_userId: { orgId, userId } },
    create: { orgId, userId, ...data },
    update: data,
  })
}
