// Stores a new client secret inside a transaction; the secret is in the answer and nowhere else.
import { hashSecret, mintSecret, visiblePart } from '#server/domain/secrets/secret.ts'
import type { Transaction } from '#server/domain/transact.ts'

export interface IssuedSecret {
  readonly secretId: string
  /** Shown once. */
  readonly secret: string
}

/** Shared by creation and rotation. */
export async function insertSecret(
  tx: Transaction,
  what: { clientId: string; expiresAt: Date },
): Promise<IssuedSecret> {
  const { key } = await tx.db.organization.findUniqueOrThrow({
    where: { id: tx.orgId },
    select: { key: true },
  })
  const secret = mintSecret('client', key)
  const secretId = tx.clock.newId()
  await tx.db.oauthClientSecret.create({
    data: {
      ...what,
      ...visiblePart(secret),
      orgId: tx.orgId,
      id: secretId,
      hash: hashSecret(secret),
      createdByName: tx.actor.name,
      createdAt: tx.clock.now(),
    },
  })
  return { secretId, secret: secret.text }
}
