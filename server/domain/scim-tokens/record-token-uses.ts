// Writes down when and from where tokens were last used, at most once in five minutes a token.
import type { Context } from '#server/domain/context.ts'
import type { AuthenticatedToken } from './rules/authentication.ts'
import { writeAgainAfter } from './rules/token.ts'

export interface TokenUse {
  readonly via: AuthenticatedToken['via']
  /** Of the SCIM token, or of the OAuth client. */
  readonly tokenId: string
  readonly at: Date
  readonly ip: string | null
  readonly client: string | null
}

/** Stores the latest use of each token; rows that were written a moment ago are left alone. */
export async function recordTokenUses(ctx: Context, uses: readonly TokenUse[]): Promise<void> {
  for (const use of uses) {
    const stale = new Date(use.at.getTime() - writeAgainAfter)
    await ctx.db.scimToken.updateMany({
      where: { orgId: ctx.orgId, id: use.tokenId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: stale } }] },
      data: { lastUsedAt: use.at, lastUsedIp: use.ip, lastUsedClient: use.client },
    })
  }
}
