// Ends the sessions that began at the identity provider, but for the one of whoever ends them.
import type { Transaction } from '#server/domain/transact.ts'

/** How many ended. Sockets follow within a second or so, because they look again. */
export async function endSsoSessions(tx: Transaction, _input: Record<string, never> = {}): Promise<number> {
  const { actor } = tx
  const own = actor.kind === 'person' ? { hash: { not: new Uint8Array(actor.sessionHash) } } : {}
  const { count } = await tx.db.session.deleteMany({ where: { orgId: tx.orgId, via: 'sso', ...own } })
  return count
}
