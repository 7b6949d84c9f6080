// Removes for good whoever was deleted longer ago than the grace period; the log keeps ids only.
import type { Context } from '#server/domain/context.ts'
import { scrubActivities } from '#server/domain/activity-log/scrub-activities.sql.ts'
import { forgottenOf } from '#server/domain/provisioning-log/rules/forgotten.ts'
import type { Scrubbing } from '#server/domain/provisioning-log/rules/scrub-exchange.ts'
import { readFormerNames, scrubLog } from '#server/domain/provisioning-log/scrub-person.sql.ts'
import { purgeUser } from './purge-user.ts'

const atOnce = 100

/**
 * Purges everyone who is due, a block of people at a time; answers how many. The log is scrubbed first and in many
 * short transactions: whatever ends it in between leaves the people to the next round, which does it again. Run by the
 * server itself.
 */
export async function purgeDeletedUsers(ctx: Context, _input: Record<string, never> = {}): Promise<number> {
  for (let purged = 0; ;) {
    const due = await ctx.db.user.findMany({
      where: { orgId: ctx.orgId, status: 'deleted', purgeAt: { lte: ctx.clock.now() } },
      select: { id: true, userName: true, emailKeys: true, externalId: true },
      take: atOnce,
    })
    if (due.length > 0) await scrubLogs(ctx, due)
    for (const { id } of due) if (await purgeUser(ctx, { userId: id })) purged += 1
    if (due.length < atOnce) return purged
  }
}

async function scrubLogs(ctx: Context, due: readonly Due[]): Promise<void> {
  const scrubbing = await scrubbingOf(ctx, due)
  await scrubLog(ctx.sql, scrubbing)
  await scrubActivities(ctx.sql, scrubbing.unheld)
}

interface Due {
  readonly id: string
  readonly userName: string
  readonly emailKeys: readonly string[]
  readonly externalId: string | null
}

async function scrubbingOf(ctx: Context, due: readonly Due[]): Promise<Scrubbing> {
  const ids = due.map(({ id }) => id)
  const former = await readFormerNames(ctx.sql, ids)
  const people = [
    ...due.map(person => ({ id: person.id, names: namesOf(person) })),
    ...former.map(({ userId, names }) => ({ id: userId, names })),
  ]
  const forgotten = forgottenOf(people)
  const held = await namesHeld(ctx, people)
  const names = [...forgotten.names].filter(name => !held.has(name))
  return { forgotten, unheld: { ids: forgotten.ids, names: new Set(names) } }
}

function namesOf({ userName, emailKeys, externalId }: Due): string[] {
  return [userName, ...emailKeys, ...(externalId === null ? [] : [externalId])]
}

/** Names of theirs that somebody else has by now: whoever was deleted leaves them free. */
async function namesHeld(
  { db, orgId }: Context,
  people: readonly { readonly id: string; readonly names: readonly string[] }[],
): Promise<ReadonlySet<string>> {
  const names = people.flatMap(person => person.names)
  const keys = names.map(name => name.toLowerCase())
  const others = await db.user.findMany({
    where: {
      orgId,
      id: { notIn: people.map(({ id }) => id) },
      OR: [{ userNameKey: { in: keys } }, { emailKeys: { hasSome: keys } }, { externalId: { in: names } }],
    },
    select: { id: true, userName: true, emailKeys: true, externalId: true },
  })
  return new Set(others.flatMap(namesOf).map(name => name.toLowerCase()))
}
