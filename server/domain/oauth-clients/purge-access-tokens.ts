// Forgets access tokens and assertions whose time is over: they open nothing any more.
import type { Context } from '#server/domain/context.ts'

const day = 86_400_000

/** Access tokens are kept for a day after their end, so that the log can say "expired". Run by the server itself. */
export async function purgeAccessTokens(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const { orgId } = ctx
  const now = ctx.clock.now()
  const old = new Date(now.getTime() - day)
  await ctx.db.oauthAccessToken.deleteMany({ where: { orgId, expiresAt: { lt: old } } })
  await ctx.db.oauthAssertion.deleteMany({ where: { orgId, expiresAt: { lt: now } } })
}
