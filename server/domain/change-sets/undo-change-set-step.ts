// Undoes a change set, some entries at a time: whatever nobody has changed since is again as it was before.
import type { Context } from '#server/domain/context.ts'
import { stepSize } from '#server/domain/jobs/step-size.ts'
import { takeStep } from '#server/domain/jobs/take-step.ts'
import type { HeldJob, JobResult } from '#server/domain/jobs/rules/job.ts'
import type { SourceChange } from '#server/domain/memberships/change-sources.sql.ts'
import { lockGroups } from '#server/domain/memberships/lock-groups.sql.ts'
import { readSources, type SourceRow } from '#server/domain/memberships/read-sources.sql.ts'
import { transactSql, type SqlTransaction } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { lockPeopleToMove, readEntries, type Entry } from './change-sets.sql.ts'
import { movePeople } from './move-people.ts'
import { isStill } from './rules/kept-source.ts'

/** Goes on behind the last entry that was undone or left. */
export async function undoChangeSetStep(ctx: Context, job: HeldJob): Promise<HeldJob | null> {
  const size = stepSize(job.id)
  const entries = await readEntries(ctx.sql, {
    changeSetId: job.payload['undoes'] ?? '',
    after: placeOf(job),
    take: size.people,
  })
  const finished = entries.length < size.people
  const last = entries.at(-1)
  const place =
    last === undefined ? job.place : { userId: last.userId, groupId: last.groupId, kind: last.kind }
  const began = performance.now()
  const moved = await inTurn(`${ctx.orgId} moves`, () =>
    transactSql(ctx, async tx => {
      const result = await undo(tx, { job, entries })
      return takeStep(tx, { job, step: { place, done: entries.length, result, finished } })
    }),
  )
  size.took(performance.now() - began, entries.length)
  return finished ? null : moved
}

function placeOf({ place }: HeldJob): Pick<Entry, 'userId' | 'groupId' | 'kind'> | null {
  const { userId, groupId, kind } = place
  return userId === undefined || groupId === undefined || kind === undefined
    ? null
    : { userId, groupId, kind }
}

async function undo(
  tx: SqlTransaction,
  { job, entries }: { job: HeldJob; entries: readonly Entry[] },
): Promise<JobResult> {
  if (entries.length === 0) return {}
  const names = await lockGroups(
    tx.sql,
    entries.map(({ groupId }) => groupId),
  )
  const ids = [...new Set(entries.map(({ userId }) => userId))]
  const people = new Set((await lockPeopleToMove(tx.sql, ids)).map(({ id }) => id))
  const sources = await readSources(tx.sql, ids)
  const undone = entries.filter(entry => {
    const there = people.has(entry.userId) && names.has(entry.groupId)
    return there && isStill(sourceOf(entry, sources), entry.after)
  })
  const result = await movePeople(tx, {
    changeSetId: job.payload['changeSetId'] ?? '',
    changes: undone.map(changeOf),
    sources,
    names,
    reason: () => 'a change set was undone',
  })
  return { ...result, skipped: entries.length - undone.length }
}

function sourceOf(entry: Entry, sources: readonly SourceRow[]): SourceRow | undefined {
  return sources.find(
    row => row.userId === entry.userId && row.groupId === entry.groupId && row.kind === entry.kind,
  )
}

function changeOf({ userId, groupId, kind, before }: Entry): SourceChange {
  if (before === null) return { userId, groupId, kind, given: null }
  const { detail, grantedAt, since } = before
  const given = { detail, grantedAt: new Date(grantedAt), since: new Date(since) }
  return { userId, groupId, kind, given }
}
