// Sensitive actions want to know that the person is still there: five minutes after the last proof they ask again.
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { proofIsFresh } from './rules/proof-is-fresh.ts'

/**
 * Throws `sessions/reauthenticate` when the caller's session proved who they are more than five minutes ago. Keys, the
 * operator and the server itself have nobody to ask.
 */
export async function demandRecentProof(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const { actor, orgId } = ctx
  if (actor.kind !== 'person') return
  const hash = new Uint8Array(actor.sessionHash)
  const session = await ctx.db.session.findUnique({
    where: { orgId_hash: { orgId, hash } },
    select: { authAt: true },
  })
  if (session !== null && proofIsFresh(session.authAt, ctx.clock.now())) return
  throw new DomainError({
    kind: 'forbidden',
    code: 'sessions/reauthenticate',
    message: 'Confirm that it is you: prove who you are again, then repeat this.',
  })
}
