// Stores a new token inside a transaction; its secret is in the answer and nowhere else.
import { hashSecret, mintSecret, visiblePart } from '#server/domain/secrets/secret.ts'
import type { Transaction } from '#server/domain/transact.ts'

export interface IssuedToken {
  readonly tokenId: string
  /** Shown once. */
  readonly secret: string
}

/** Stores a new token inside a transaction: shared with rotation. */
export async function insertToken(
  tx: Transaction,
  token: { name: string; expiresAt: Date | null },
): Promise<IssuedToken> {
  const { key } = await tx.db.organization.findUniqueOrThrow({
    where: { id: tx.orgId },
    select: { key: true },
  })
  const secret = mintSecret('scim', key)
  const tokenId = tx.clock.newId()
  await tx.db.scimToken.create({
    data: {
      ...token,
      ...visiblePart(secret),
      orgId: tx.orgId,
      id: tokenId,
      hash: hashSecret(secret),
      createdById: tx.actor.kind === 'person' ? tx.actor.userId : null,
      createdByName: tx.actor.name,
      createdAt: tx.clock.now(),
    },
  })
  return { tokenId, secret: secret.text }
}
