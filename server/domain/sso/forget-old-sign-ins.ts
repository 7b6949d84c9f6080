// Forgets questions, arrivals, assertions and half sign-ins whose time is over.
import type { Context } from '#server/domain/context.ts'

/** Run by the server itself. */
export async function forgetOldSignIns(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const over = { orgId: ctx.orgId, expiresAt: { lt: ctx.clock.now() } }
  await ctx.db.samlRequest.deleteMany({ where: over })
  await ctx.db.samlArrival.deleteMany({ where: over })
  await ctx.db.signInStep.deleteMany({ where: over })
  await ctx.db.samlAssertion.deleteMany({ where: over })
}
