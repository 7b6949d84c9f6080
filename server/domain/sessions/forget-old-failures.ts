// Deletes failed sign-ins that no longer count.
import type { InstallationContext } from '#server/domain/context.ts'

const kept = 24 * 3_600_000

/** Forgets failures older than a day, and sessions that ended. Run by the server itself. */
export async function forgetOldFailures(
  ctx: InstallationContext,
  _input: Record<string, never> = {},
): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - kept)
  await ctx.installation.signInFailure.deleteMany({ where: { occurredAt: { lt: before } } })
  await ctx.installation.session.deleteMany({ where: { expiresAt: { lt: before } } })
}
