// Applies the mapping to existing people, some at a time: the job behind "Apply to existing users".
import type { Context, Sql, Statement } from '#server/domain/context.ts'
import { lockPeopleToMove } from '#server/domain/change-sets/change-sets.sql.ts'
import { movePeople } from '#server/domain/change-sets/move-people.ts'
import { takeStep } from '#server/domain/jobs/take-step.ts'
import type { HeldJob, JobResult } from '#server/domain/jobs/rules/job.ts'
import type { SourceChange } from '#server/domain/memberships/change-sources.sql.ts'
import { lockGroups } from '#server/domain/memberships/lock-groups.sql.ts'
import {
  readSources,
  readSourcesOf,
  sourcesByPerson,
  type SourceRow,
} from '#server/domain/memberships/read-sources.sql.ts'
import { lostRace, transactSql, type SqlTransaction } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { currentMapping } from './known-mapping.ts'
import type { Mapping } from './rules/mapping.ts'
import { isStill, plan, type PersonPlan } from './rules/plan.ts'
import { detailOf, placed, touchedGroups } from './rules/placement.ts'
import { joinReason, leaveReason } from './rules/reason.ts'
import { stepSize } from '#server/domain/jobs/step-size.ts'

/** People to look at: twice as many as are moved at once, so that few are looked at again by the next step. */
const lookedAt = (moved: number): number => Math.min(1_000, Math.max(200, moved * 2))

interface Found {
  readonly id: string
  readonly status: string
  readonly values: readonly string[]
}

const next: Statement = {
  name: 'people-to-place',
  text: `SELECT u.id, u.status, u.identity_provider_groups AS values FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND ($2::uuid IS NULL OR u.id > $2::uuid) ORDER BY u.id LIMIT $3::int`,
}

/**
 * Looks at the next people, moves as many of those who have to as fit into a short transaction, and goes on
 * from there. People are planned again under their locks, so what counts is how they are at that moment.
 */
export async function applyMappingStep(ctx: Context, job: HeldJob): Promise<HeldJob | null> {
  const mapping = await currentMapping(ctx)
  const size = stepSize(job.id)
  const looked = lookedAt(size.people)
  const people = await ctx.sql.run<Found>(next, [job.place['after'] ?? null, looked])
  const movers = await moversAmong(ctx.sql, { people, mapping })
  const now = movers.slice(0, size.people)
  const last = movers.length > now.length ? now.at(-1)?.id : people.at(-1)?.id
  const done = last === undefined ? 0 : people.findIndex(({ id }) => id === last) + 1
  const finished = people.length < looked && movers.length === now.length
  const step = { place: last === undefined ? job.place : { after: last }, done, finished }
  const groups = new Set(now.flatMap(mover => mover.groups))
  const began = performance.now()
  const moved = await inTurn(`${ctx.orgId} moves`, () =>
    transactSql(ctx, async tx => {
      const result = await place(tx, { job, ids: now.map(({ id }) => id), mapping, groups })
      tx.placedBy(mapping.version)
      return takeStep(tx, { job, step: { ...step, result } })
    }),
  )
  size.took(performance.now() - began, now.length)
  return finished ? null : moved
}

interface Mover {
  readonly id: string
  readonly groups: readonly string[]
}

async function moversAmong(
  sql: Sql,
  { people, mapping }: { people: readonly Found[]; mapping: Mapping },
): Promise<Mover[]> {
  const sources = await readSourcesOf(sql, people)
  return people.flatMap(person => {
    const planned = planOf(person, { sources: sources.get(person.id) ?? [], mapping })
    return isStill(planned) ? [] : [{ id: person.id, groups: touchedGroups(planned) }]
  })
}

function planOf(person: Found, by: { sources: readonly SourceRow[]; mapping: Mapping }): PersonPlan {
  const who = { values: person.values, frozen: person.status === 'deactivated' }
  return plan(placed(by.sources, who), by.mapping)
}

interface Placing {
  readonly job: HeldJob
  readonly ids: readonly string[]
  readonly mapping: Mapping
  /** What was planned before the locks touches these; grows when it turns out that others are touched, too. */
  readonly groups: Set<string>
}

async function place(tx: SqlTransaction, { job, ids, mapping, groups }: Placing): Promise<JobResult> {
  if (ids.length === 0) return {}
  const names = await lockGroups(tx.sql, [...groups])
  const people = await lockPeopleToMove(tx.sql, ids)
  const sources = await readSources(tx.sql, ids)
  const own = sourcesByPerson(sources)
  const plans = new Map(
    people.map(person => [person.id, planOf(person, { sources: own.get(person.id) ?? [], mapping })]),
  )
  const touched = [...plans.values()].flatMap(touchedGroups)
  if (touched.some(id => !names.has(id))) {
    touched.forEach(id => groups.add(id))
    throw lostRace('A group')
  }
  const values = new Map(people.map(person => [person.id, person.values]))
  const made = { grantedAt: tx.clock.now(), changeSetId: job.payload['changeSetId'] ?? '' }
  return movePeople(tx, {
    changeSetId: made.changeSetId,
    changes: [...plans].flatMap(([userId, planned]) => changesOf(planned, { userId, mapping, ...made })),
    sources,
    names,
    reason: ({ userId, groupId }, way) => {
      const source = plans.get(userId)?.gives.find(each => each.groupId === groupId)
      return way === 'left' || source === undefined
        ? leaveReason(values.get(userId) ?? [], mapping)
        : joinReason(source, mapping)
    },
  })
}

interface Made {
  readonly userId: string
  readonly mapping: Mapping
  readonly grantedAt: Date
  readonly changeSetId: string
}

function changesOf({ gives, takes, refreshes }: PersonPlan, made: Made): SourceChange[] {
  const { userId, mapping, grantedAt, changeSetId } = made
  return [
    ...takes.map(({ groupId, kind }) => ({ userId, groupId, kind, given: null })),
    ...[...gives, ...refreshes].map(source => {
      const { groupId, kind } = source
      const detail = { ...detailOf(source, mapping), changeSetId }
      return { userId, groupId, kind, given: { detail, grantedAt } }
    }),
  ]
}
