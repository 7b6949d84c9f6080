// Removes for good whoever was deleted longer ago than the grace period; the log keeps ids only.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { noTally } from '#server/domain/provisioning-log/rules/tally.ts'
import { scrubPerson } from '#server/domain/provisioning-log/scrub-person.sql.ts'

const atOnce = 100

/** Purges everyone who is due, a block at a time; answers how many. Run by the server itself. */
export async function purgeDeletedUsers(ctx: Context, _input: Record<string, never> = {}): Promise<number> {
  for (let purged = 0; ;) {
    const due = await ctx.db.user.findMany({
      where: { orgId: ctx.orgId, status: 'deleted', purgeAt: { lte: ctx.clock.now() } },
      select: { id: true, userName: true, emailKeys: true, externalId: true },
      take: atOnce,
    })
    for (const person of due) purged += await purgeOne(ctx, person)
    if (due.length < atOnce) return purged
  }
}

interface Due {
  readonly id: string
  readonly userName: string
  readonly emailKeys: readonly string[]
  readonly externalId: string | null
}

async function purgeOne(ctx: Context, person: Due): Promise<number> {
  const known = [person.userName, ...person.emailKeys, person.externalId]
  const names = known.filter(name => name !== null && name.length > 2)
  return transact(ctx, async tx => {
    const gone = await tx.db.user.deleteMany({
      where: { orgId: ctx.orgId, id: person.id, status: 'deleted' },
    })
    if (gone.count === 0) return 0
    await scrubPerson(tx.sql, { id: person.id, names: names.map(String) })
    tx.count({ ...noTally, deleted: -1 })
    tx.record({ type: 'user.purged', userId: person.id, detail: {} })
    return 1
  })
}
