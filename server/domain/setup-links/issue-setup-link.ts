// Makes a one-time link through which an organization's owner is created.
import { demandOperator } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/rules/secret.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'

const validHours = 24

export interface IssuedSetupLink {
  /** Goes behind `#` in the link, so that it reaches no log of a proxy. */
  readonly secret: string
  readonly expiresAt: Date
}

/** Issues a link, valid for 24 hours and once; older ones end. Throws `setup-links/has-owner`. */
export async function issueSetupLink(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<IssuedSetupLink> {
  demandOperator(ctx.actor)
  return transact(ctx, async tx => {
    await demandNoOwner(tx)
    const issued = await insertSetupLink(tx)
    tx.note({ action: 'setup_link.issue' })
    return issued
  })
}

/** Stores a link inside a transaction: shared with the creation of an organization. */
export async function insertSetupLink(tx: Transaction): Promise<IssuedSetupLink> {
  const { key } = await tx.db.organization.findUniqueOrThrow({
    where: { id: tx.orgId },
    select: { key: true },
  })
  const secret = mintSecret('setup', key)
  const now = tx.clock.now()
  const expiresAt = new Date(now.getTime() + validHours * 3_600_000)
  await tx.db.setupLink.deleteMany({ where: { orgId: tx.orgId, usedAt: null } })
  await tx.db.setupLink.create({
    data: { orgId: tx.orgId, hash: hashSecret(secret), createdAt: now, expiresAt },
  })
  return { secret: secret.text, expiresAt }
}

/** Throws `setup-links/has-owner` when the organization is set up already. */
export async function demandNoOwner(tx: Transaction): Promise<void> {
  const owner = await tx.db.user.findFirst({ where: { orgId: tx.orgId, role: 'owner', deletedAt: null } })
  if (owner === null) return
  throw new DomainError({
    kind: 'conflict',
    code: 'setup-links/has-owner',
    message: 'This organization has an owner already. Sign in instead, or ask the owner for access.',
  })
}
