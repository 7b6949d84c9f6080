// Forgets notices that were settled longer ago than the organization keeps its logs.
import type { Context } from '#server/domain/context.ts'
import { forgetNotices } from './notices.sql.ts'

const day = 86_400_000

/** Run by the server itself. */
export async function forgetOldNotices(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const { logRetentionDays } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { logRetentionDays: true },
  })
  await forgetNotices(ctx.sql, new Date(ctx.clock.now().getTime() - logRetentionDays * day))
}
