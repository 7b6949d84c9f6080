// After the master key was changed: seals keys anew with the one that is current, so that the old one can go.
import type { Context } from '#server/domain/context.ts'
import { keyPurpose } from './new-sp-key.ts'

/** Leaves alone what it cannot open, and what somebody else changes meanwhile. */
export async function resealSpKeys(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const { orgId, vault } = ctx
  if (vault === null) return
  const of = { orgId, purpose: keyPurpose }
  for (const { id, sealed } of await ctx.db.samlKey.findMany({ where: { orgId } })) {
    const plain = vault.isCurrent(sealed) ? null : vault.open(sealed, of)
    if (plain === null) continue
    await ctx.db.samlKey.updateMany({ where: { orgId, id, sealed }, data: { sealed: vault.seal(plain, of) } })
  }
}
