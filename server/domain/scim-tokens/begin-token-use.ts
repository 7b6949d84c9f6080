// Marks a token's first use, and ends the token that was waiting for it.
import type { Context } from '#server/domain/context.ts'

/** Runs once in a token's life; ends tokens that were rotated with "ends at first use of the new one". */
export async function beginTokenUse(ctx: Context, input: { tokenId: string }): Promise<void> {
  const now = ctx.clock.now()
  // First the end of the other: whoever is interrupted in between does both again at the next call.
  await ctx.db.scimToken.updateMany({
    where: {
      orgId: ctx.orgId,
      replacedById: input.tokenId,
      endsOnFirstUse: true,
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    data: { expiresAt: now },
  })
  await ctx.db.scimToken.updateMany({
    where: { orgId: ctx.orgId, id: input.tokenId, firstUsedAt: null },
    data: { firstUsedAt: now },
  })
}
