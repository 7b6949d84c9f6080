// Deletes what is older than the organization keeps its logs, a block at a time.
import type { Context } from '#server/domain/context.ts'
import { pruneLog } from './prune-log.sql.ts'

/** Prunes events, exchanges and activities; answers how many rows went. Run by the server itself. */
export async function pruneLogs(ctx: Context, _input: Record<string, never> = {}): Promise<number> {
  const { logRetentionDays } = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  const before = new Date(ctx.clock.now().getTime() - logRetentionDays * 86_400_000)
  const rows =
    (await pruneLog(ctx.sql, { log: 'events', before })) +
    (await pruneLog(ctx.sql, { log: 'exchanges', before }))
  const activities = await ctx.db.activity.deleteMany({
    where: { orgId: ctx.orgId, occurredAt: { lt: before } },
  })
  return rows + activities.count
}
