// Uses a setup link: names the organization, creates its owner and signs them in.
import type { PersonActor } from '#server/domain/actor.ts'
import type { Context, InstallationContext } from '#server/domain/context.ts'
import { DomainError, invalidInput, type InvalidField } from '#server/domain/error.ts'
import { currentMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { organizationName } from '#server/domain/organizations/rules/organization-name.ts'
import { tallyOf } from '#server/domain/provisioning-log/rules/tally.ts'
import { hashSecret, parseSecret, type Secret } from '#server/domain/secrets/secret.ts'
import { hashPassword } from '#server/domain/sessions/hash-password.ts'
import { checkPassword } from '#server/domain/sessions/rules/password.ts'
import { startSession, type StartedSession } from '#server/domain/sessions/start-session.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { noSeatLeft } from '#server/domain/users/no-seat-left.ts'
import { looksLikeEmail, nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { insertUser } from '#server/domain/users/store-user.sql.ts'
import { demandNoOwner } from './demand-no-owner.ts'
import { findSetupInvitation } from './find-setup-invitation.ts'

export interface CompleteSetupInput {
  readonly secret: string
  readonly organizationName: string
  readonly ownerName: string
  readonly email: string
  readonly password: string
}

export interface SetupCompleted {
  readonly actor: PersonActor
  readonly session: StartedSession
}

/**
 * Throws `setup-links/unknown` for a link that no longer works, `setup-links/bad-input` and
 * `sessions/weak-password` with a line per field. Of parallel calls exactly one creates an owner.
 */
export async function completeSetup(
  ctx: InstallationContext,
  input: CompleteSetupInput,
): Promise<SetupCompleted> {
  const invitation = await findSetupInvitation(ctx, input)
  const secret = parseSecret(input.secret)
  if (invitation === null || secret === null) throw unknownLink()
  check(input)
  const passwordHash = await hashPassword(input.password)
  const within = ctx.within(invitation.orgId)
  const owner = ownerOf(within, input)
  const actor = actorOf(within, { userId: owner.id, name: input.ownerName.trim() })
  const asOwner: Context = { ...within, actor }
  await transact(asOwner, async tx => {
    await useLink(tx, secret)
    await tx.db.organization.update({
      where: { id: tx.orgId },
      data: { name: organizationName(input.organizationName), updatedAt: tx.clock.now() },
    })
    await storeOwner(tx, { owner, input, passwordHash })
    tx.note({
      action: 'setup.complete',
      subjectKind: 'user',
      subjectId: owner.id,
      after: { email: input.email },
    })
  })
  const session = await startSession(asOwner, { userId: owner.id })
  return { actor, session }
}

function check(input: CompleteSetupInput): void {
  const fields: InvalidField[] = []
  const name = input.ownerName.trim()
  if (name.length < 1 || name.length > 100) {
    fields.push({ path: 'ownerName', message: 'Enter your name, 1 to 100 characters.' })
  }
  if (!looksLikeEmail(input.email.trim())) {
    fields.push({ path: 'email', message: 'Enter your e-mail address, for example ada@example.com.' })
  }
  if (fields.length > 0) throw invalidInput('setup-links/bad-input', fields)
  organizationName(input.organizationName)
  checkPassword(input.password, [input.organizationName, name, ...input.email.split(/[@.]/)])
}

async function useLink(tx: Transaction, secret: Secret): Promise<void> {
  const now = tx.clock.now()
  const used = await tx.db.setupLink.updateMany({
    where: { orgId: tx.orgId, hash: hashSecret(secret), usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  if (used.count !== 1) throw unknownLink()
  await demandNoOwner(tx, {})
}

async function storeOwner(
  tx: Transaction,
  what: { owner: User; input: CompleteSetupInput; passwordHash: string },
): Promise<void> {
  const { owner, input } = what
  const subject = input.ownerName.trim()
  const events = [
    { type: 'user.created', userId: owner.id, detail: { subject, words: { by: 'setup' } } } as const,
  ]
  const change = { user: owner, events, tally: tallyOf(null, 'active'), mapping: await currentMapping(tx) }
  const stored = await insertUser(tx, change)
  if (!stored) throw await noSeatLeft(tx)
  await tx.db.credential.create({
    data: {
      orgId: tx.orgId,
      userId: owner.id,
      loginKey: nameKey(input.email.trim()),
      passwordHash: what.passwordHash,
      changedAt: tx.clock.now(),
    },
  })
}

function ownerOf(ctx: Context, input: CompleteSetupInput): User {
  const now = ctx.clock.now()
  const email = input.email.trim()
  return {
    id: ctx.clock.newId(),
    status: 'active',
    role: 'owner',
    document: {
      userName: email,
      displayName: input.ownerName.trim(),
      emails: [{ value: email, type: 'work', primary: true }],
    },
    version: 1,
    revision: 1,
    linkedAt: null,
    createdAt: now,
    lastModified: now,
    activatedAt: now,
    provisionedAt: null,
    deactivatedAt: null,
    deletedAt: null,
    purgeAt: null,
  }
}

function actorOf(ctx: Context, person: { userId: string; name: string }): PersonActor {
  const { orgId, actor } = ctx
  return {
    kind: 'person',
    orgId,
    ...person,
    role: 'owner',
    sessionHash: new Uint8Array(),
    origin: actor.origin,
  }
}

function unknownLink(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'setup-links/unknown',
    message:
      'This setup link no longer works: it was used, or it has expired. Whoever runs Rollcall gets a new one with ' +
      '"npm start -- setup-link".',
  })
}
