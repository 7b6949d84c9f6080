// Stores a setup link inside a transaction; its secret is in the answer and nowhere else.
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'
import type { Transaction } from '#server/domain/transact.ts'

const validHours = 24

export interface IssuedSetupLink {
  /** Goes behind `#` in the link, so that it reaches no log of a proxy. */
  readonly secret: string
  readonly expiresAt: Date
}

/** Stores a link inside a transaction. */
export async function insertSetupLink(
  tx: Transaction,
  _input: Record<string, never>,
): Promise<IssuedSetupLink> {
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
