// Stores a person whom the mapping has placed, be it where they are: row, memberships, events and counters in one
// transaction.
import { writeActivities, type NewActivity } from '#server/domain/activity-log/write-activities.sql.ts'
import type { Context } from '#server/domain/context.ts'
import { renewMapping } from '#server/domain/group-mappings/known-mapping.ts'
import { plan } from '#server/domain/group-mappings/rules/plan.ts'
import { detailOf, placed, samePlan, touchedGroups } from '#server/domain/group-mappings/rules/placement.ts'
import { joinReason, leaveReason } from '#server/domain/group-mappings/rules/reason.ts'
import { isMappingMoved } from '#server/domain/group-mappings/rules/refusals.ts'
import { lockGroups } from '#server/domain/memberships/lock-groups.sql.ts'
import { placePeople } from '#server/domain/memberships/place-people.ts'
import { readSources } from '#server/domain/memberships/read-sources.sql.ts'
import { madeBy } from '#server/domain/memberships/rules/source.ts'
import { crossingEvents } from '#server/domain/memberships/rules/crossing-events.ts'
import { transactSql, type SqlTransaction } from '#server/domain/transact.ts'
import type { Placement } from './find-placement.ts'
import { inTurn } from './in-turn.ts'
import type { StoredUser } from './rules/user.ts'
import { carriedChanges, insertUserRow, updateUserRow, type UserChange } from './store-user.sql.ts'

export interface MovedUserChange extends UserChange {
  /** Null for a person who is made. */
  readonly before: StoredUser | null
  readonly placement: Placement
  readonly activity?: NewActivity | undefined
}

/** Where somebody goes, and by which mapping. */
interface Placing extends Pick<MovedUserChange, 'placement' | 'mapping'> {
  readonly userId: string
}

/** What was read is no longer so; nothing was written. */
class ReadAgain extends Error {}

/**
 * All of it or nothing. `lost-race` when the person, their memberships or the mapping changed since they were read.
 * Throws `users/no-seat-left`, and the database's duplicate error when the name is taken.
 */
export async function storeMovedUser(ctx: Context, change: MovedUserChange): Promise<'stored' | 'lost-race'> {
  try {
    await inTurn(`${ctx.orgId} moves`, () => transactSql(ctx, tx => store(tx, change)))
    return 'stored'
  } catch (error) {
    const outdated = error instanceof ReadAgain || isMappingMoved(error)
    if (!outdated) throw error
    await renewMapping(ctx, change.mapping)
    return 'lost-race'
  }
}

async function store(tx: SqlTransaction, change: MovedUserChange): Promise<void> {
  const { before, user, placement, mapping } = change
  const touched = touchedGroups(placement.plan)
  const names = await lockGroups(tx.sql, touched)
  if (touched.some(id => !names.has(id))) throw new ReadAgain()
  if (before === null) await insertUserRow(tx, change)
  else if (!(await updateUserRow(tx, { user, mapping, before }))) throw new ReadAgain()
  else await demandSamePlan(tx, { userId: user.id, mapping, placement })
  const crossings = await placePeople(tx, sourceChanges(tx, { userId: user.id, mapping, placement }))
  change.events.forEach(tx.record)
  crossingEvents({
    ...crossings,
    groupName: id => names.get(id) ?? '',
    reason: ({ groupId }, way) => reasonOf(change, { groupId, way }),
  }).forEach(tx.record)
  if (change.activity !== undefined) await writeActivities(tx, [change.activity])
  tx.count(change.tally)
  tx.carry(carriedChanges({ user, mapping, before }))
  tx.placedBy(mapping.version)
}

/** The groups are locked now, so what the plan says stays true until the end. */
async function demandSamePlan(tx: SqlTransaction, { userId, mapping, placement }: Placing): Promise<void> {
  const { values } = placement
  const stored = await readSources(tx.sql, [userId])
  const now = plan(placed(stored, { values, frozen: false }), mapping)
  if (!samePlan(now, placement.plan)) throw new ReadAgain()
}

function sourceChanges(tx: SqlTransaction, { userId, mapping, placement }: Placing) {
  const grantedAt = tx.clock.now()
  const { plan: planned } = placement
  const { gives, takes, refreshes } = planned
  return [
    ...takes.map(({ groupId, kind }) => ({ userId, groupId, kind, given: null })),
    ...[...gives, ...refreshes].map(source => {
      const { groupId, kind } = source
      const detail = { ...detailOf(source, mapping), ...madeBy(tx.actor) }
      return { userId, groupId, kind, given: { detail, grantedAt } }
    }),
  ]
}

function reasonOf(
  { placement, mapping }: Pick<MovedUserChange, 'placement' | 'mapping'>,
  { groupId, way }: { groupId: string; way: 'joined' | 'left' },
): string {
  const { values, plan: planned } = placement
  const source = planned.gives.find(each => each.groupId === groupId)
  return way === 'left' || source === undefined ? leaveReason(values, mapping) : joinReason(source, mapping)
}
