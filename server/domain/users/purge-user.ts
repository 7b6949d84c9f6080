// Removes one deleted person for good, with what belongs to them; what the logs say of them is scrubbed before.
import { scrubSignatures } from '#server/domain/activity-log/scrub-activities.sql.ts'
import type { Context } from '#server/domain/context.ts'
import { noTally } from '#server/domain/provisioning-log/rules/tally.ts'
import { scrubOwnEvents } from '#server/domain/provisioning-log/scrub-person.sql.ts'
import { transact } from '#server/domain/transact.ts'

/** False when the person is gone already, or was restored meanwhile or given more time. Run by the server itself. */
export async function purgeUser(ctx: Context, { userId }: { userId: string }): Promise<boolean> {
  return transact(ctx, async tx => {
    const gone = await tx.db.user.deleteMany({
      where: { orgId: ctx.orgId, id: userId, status: 'deleted', purgeAt: { lte: ctx.clock.now() } },
    })
    if (gone.count === 0) return false
    await scrubOwnEvents(tx.sql, userId)
    await scrubSignatures(tx.sql, userId)
    tx.count({ ...noTally, deleted: -1 })
    tx.record({ type: 'user.purged', userId, detail: {} })
    return true
  })
}
