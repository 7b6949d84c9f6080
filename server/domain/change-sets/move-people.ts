// One step of a job that moves people: locks, asks again what is to be done, does it and keeps it.
import type { SqlTransaction } from '#server/domain/transact.ts'
import type { SourceChange } from '#server/domain/memberships/change-sources.sql.ts'
import { placePeople } from '#server/domain/memberships/place-people.ts'
import type { SourceRow } from '#server/domain/memberships/read-sources.sql.ts'
import { crossingEvents } from '#server/domain/memberships/rules/crossing-events.ts'
import type { JobResult } from '#server/domain/jobs/rules/job.ts'
import { writeEntries, type Entry } from './change-sets.sql.ts'
import { kept } from './rules/kept-source.ts'

export interface PeopleMoves {
  readonly changeSetId: string
  readonly changes: readonly SourceChange[]
  /** Every reason of the people concerned, as it is under the locks. */
  readonly sources: readonly SourceRow[]
  /** Names of the locked groups. */
  readonly names: ReadonlyMap<string, string>
  readonly reason: (crossing: { userId: string; groupId: string }, way: 'joined' | 'left') => string
}

/** Writes changes, entries and events; answers what is added to the job's result. */
export async function movePeople(tx: SqlTransaction, moves: PeopleMoves): Promise<JobResult> {
  const { changes, names, sources } = moves
  if (changes.length === 0) return {}
  const { joined, left } = await placePeople(tx, changes)
  const entries = changes.map(change => entryOf(change, sources))
  await writeEntries(tx.sql, { changeSetId: moves.changeSetId, entries })
  const groupName = (id: string): string => names.get(id) ?? ''
  crossingEvents({ joined, left, groupName, reason: moves.reason }).forEach(tx.record)
  const people = new Set(changes.map(({ userId }) => userId))
  return { people: people.size, joined: joined.length, left: left.length }
}

function entryOf({ userId, groupId, kind, given }: SourceChange, sources: readonly SourceRow[]): Entry {
  const here = sources.filter(row => row.userId === userId && row.groupId === groupId)
  const before = here.find(row => row.kind === kind)
  if (given === null) return { userId, groupId, kind, before: kept(before), after: null }
  const since = here[0]?.since ?? given.since ?? given.grantedAt
  const after = kept({ detail: { ...given.detail }, grantedAt: given.grantedAt, since })
  return { userId, groupId, kind, before: kept(before), after }
}
