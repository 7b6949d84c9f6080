// Writes down when and from where OAuth clients last called, at most once in five minutes a client.
import type { Context } from '#server/domain/context.ts'
import type { TokenUse } from '#server/domain/scim-tokens/record-token-uses.ts'
import { writeAgainAfter } from '#server/domain/scim-tokens/rules/token.ts'

/** Stores the latest use of each client; rows that were written a moment ago are left alone. */
export async function recordClientUses(ctx: Context, uses: readonly TokenUse[]): Promise<void> {
  for (const use of uses) {
    const stale = new Date(use.at.getTime() - writeAgainAfter)
    await ctx.db.oauthClient.updateMany({
      where: { orgId: ctx.orgId, id: use.tokenId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] },
      data: { lastUsedAt: use.at, lastUsedIp: use.ip, lastUsedClient: use.client },
    })
  }
}
