// Ends the caller's own session.
import type { Context } from '#server/domain/context.ts'

/** Signs out; a caller without a session has nothing to end. */
export async function signOut(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'person') return
  await ctx.db.session.deleteMany({ where: { orgId: ctx.orgId, hash: new Uint8Array(actor.sessionHash) } })
}
