// Locks the groups that people who are invited will join: those that were named, and those of the mapping.
import type { Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { plan, type PersonPlan } from '#server/domain/group-mappings/rules/plan.ts'
import { placed, touchedGroups } from '#server/domain/group-mappings/rules/placement.ts'
import { unknownGroup } from '#server/domain/groups/rules/refusals.ts'
import { lockGroups } from '#server/domain/memberships/lock-groups.sql.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { lostRace, type Transaction } from '#server/domain/transact.ts'
import type { User } from '#server/domain/users/rules/user.ts'
import { carriedBy } from '#server/domain/users/store-user.sql.ts'

/** Groups that newcomers join, locked. */
export interface Places {
  readonly groupIds: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly mapping: Mapping
  /** Where the mapping leads each of them. */
  readonly plans: readonly PlannedArrival[]
}

export interface PlannedArrival {
  readonly userId: string
  readonly plan: PersonPlan
}

/** Groups come before people in every transaction. Throws `groups/unknown`. */
export async function lockPlaces(
  tx: Transaction,
  { groupIds, mapping, users }: Pick<Places, 'groupIds' | 'mapping'> & { users: readonly User[] },
): Promise<Places> {
  const plans = users.map((user): PlannedArrival => {
    const values = carriedBy({ user, mapping })
    return { userId: user.id, plan: plan(placed([], { values, frozen: false }), mapping) }
  })
  const touched = plans.flatMap(each => touchedGroups(each.plan))
  const odd = groupIds.find(id => !isId(id))
  if (odd !== undefined) throw unknownGroup(odd)
  const names = await lockGroups(tx.sql, [...groupIds, ...touched])
  const missing = groupIds.find(id => !names.has(id))
  if (missing !== undefined) throw unknownGroup(missing)
  if (touched.some(id => !names.has(id))) throw lostRace('The group mapping')
  return { groupIds, names, mapping, plans }
}
