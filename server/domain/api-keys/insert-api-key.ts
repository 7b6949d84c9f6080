// Stores a new API key inside a transaction; its secret is in the answer and nowhere else.
import type { ApiKeyScope } from '#server/domain/actor.ts'
import { hashSecret, mintSecret, visiblePart } from '#server/domain/secrets/secret.ts'
import type { Transaction } from '#server/domain/transact.ts'

export interface CreateApiKeyInput {
  readonly name: string
  readonly scopes: readonly ApiKeyScope[]
  readonly expiresAt?: Date | null
}

export interface CreatedApiKey {
  readonly keyId: string
  /** Shown once. */
  readonly secret: string
}

/** Stores a new key inside a transaction: shared with the creation of an organization. */
export async function insertApiKey(tx: Transaction, input: CreateApiKeyInput): Promise<CreatedApiKey> {
  const { key } = await tx.db.organization.findUniqueOrThrow({
    where: { id: tx.orgId },
    select: { key: true },
  })
  const secret = mintSecret('key', key)
  const keyId = tx.clock.newId()
  await tx.db.apiKey.create({
    data: {
      ...visiblePart(secret),
      orgId: tx.orgId,
      id: keyId,
      name: input.name.trim(),
      hash: hashSecret(secret),
      scopes: [...new Set(input.scopes)],
      createdById: tx.actor.kind === 'person' ? tx.actor.userId : null,
      createdByName: tx.actor.name,
      createdAt: tx.clock.now(),
      expiresAt: input.expiresAt ?? null,
    },
  })
  return { keyId, secret: secret.text }
}
