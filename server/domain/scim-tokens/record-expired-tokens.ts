// Tells the provisioning log once that a token has expired, whichever server notices first.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'

/** Records `scim_token.expired` for every token whose end has passed unnoticed. Run by the server itself. */
export async function recordExpiredTokens(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const now = ctx.clock.now()
  const due = { orgId: ctx.orgId, revokedAt: null, expiryToldAt: null, expiresAt: { lte: now } }
  const tokens = await ctx.db.scimToken.findMany({ where: due, select: { id: true, name: true } })
  for (const token of tokens) {
    await transact(ctx, async tx => {
      const told = await tx.db.scimToken.updateMany({
        where: { ...due, id: token.id },
        data: { expiryToldAt: now },
      })
      if (told.count === 1) tx.record({ type: 'scim_token.expired', detail: { subject: token.name } })
    })
  }
}
