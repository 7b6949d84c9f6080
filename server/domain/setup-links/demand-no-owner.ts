// An organization with an owner is set up; nobody may set it up again.
import { DomainError } from '#server/domain/error.ts'
import type { Transaction } from '#server/domain/transact.ts'

/** Throws `setup-links/has-owner` when the organization is set up already. */
export async function demandNoOwner(tx: Transaction, _input: Record<string, never>): Promise<void> {
  const owner = await tx.db.user.findFirst({ where: { orgId: tx.orgId, role: 'owner', deletedAt: null } })
  if (owner === null) return
  throw new DomainError({
    kind: 'conflict',
    code: 'setup-links/has-owner',
    message: 'This organization has an owner already. Sign in instead, or ask the owner for access.',
  })
}
