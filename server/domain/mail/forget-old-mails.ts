// Gives up mails that nobody could send in time, and forgets those that are over.
import type { Context } from '#server/domain/context.ts'
import { expireMails, forgetMails } from './mails.sql.ts'

const day = 86_400_000

/** Keeps mails that are over, without what they said, as long as the organization keeps its logs. */
export async function forgetOldMails(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const now = ctx.clock.now()
  await expireMails(ctx.sql, now)
  const { logRetentionDays } = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { logRetentionDays: true },
  })
  await forgetMails(ctx.sql, new Date(now.getTime() - logRetentionDays * day))
}
