// Whether an assertion proves anew who has a session: the same person, and not by what the identity provider remembered.
import type { Transaction } from '#server/domain/transact.ts'
import { requestLife } from './begin-sign-in.ts'
import { refusal } from './rules/refusal.ts'

export interface CheckProofInput {
  readonly request: { readonly sessionHash: Uint8Array | null; readonly expiresAt: Date }
  /** Whom the assertion names. */
  readonly userId: string
  /** When the identity provider looked at them, by its own clock; null when it does not say. */
  readonly authenticatedAt: Date | null
}

/** Milliseconds by which clocks may differ. */
const skew = 60_000

/** Throws `sso/session-ended`, `sso/other-person`, `sso/not-asked-again`, `sso/not-yet-valid`. */
export async function checkProof(tx: Transaction, input: CheckProofInput): Promise<void> {
  const { request, userId, authenticatedAt } = input
  const hash = new Uint8Array(request.sessionHash ?? [])
  const session = await tx.db.session.findUnique({ where: { orgId_hash: { orgId: tx.orgId, hash } } })
  if (session === null) throw refusal('session-ended')
  if (session.userId !== userId) throw refusal('other-person')
  const askedAt = request.expiresAt.getTime() - requestLife
  const provenAt = authenticatedAt?.getTime() ?? 0
  if (provenAt < askedAt - skew) throw refusal('not-asked-again')
  if (provenAt > tx.clock.now().getTime() + skew) throw refusal('not-yet-valid')
}
