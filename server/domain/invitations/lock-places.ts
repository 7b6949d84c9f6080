// Locks the groups that people who are invited will join: those that were named, and the one of the mapping.
import type { Mapping } from '#server/domain/group-mappings/rules/mapping.ts'
import { plan, type PersonPlan } from '#server/domain/group-mappings/rules/plan.ts'
import { placed, touchedGroups } from '#server/domain/group-mappings/rules/placement.ts'
import { unknownGroup } from '#server/domain/groups/rules/refusals.ts'
import { lockGroups } from '#server/domain/memberships/lock-groups.sql.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { lostRace, type Transaction } from '#server/domain/transact.ts'

/** Groups that newcomers join, locked. */
export interface Places {
  readonly groupIds: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly mapping: Mapping
  readonly planned: PersonPlan
}

/** Groups come before people in every transaction. Throws `groups/unknown`. */
export async function lockPlaces(
  tx: Transaction,
  { groupIds, mapping }: Pick<Places, 'groupIds' | 'mapping'>,
): Promise<Places> {
  const planned = plan(placed([], { values: [], frozen: false }), mapping)
  const odd = groupIds.find(id => !isId(id))
  if (odd !== undefined) throw unknownGroup(odd)
  const names = await lockGroups(tx.sql, [...groupIds, ...touchedGroups(planned)])
  const missing = groupIds.find(id => !names.has(id))
  if (missing !== undefined) throw unknownGroup(missing)
  if (touchedGroups(planned).some(id => !names.has(id))) throw lostRace('The group mapping')
  return { groupIds, names, mapping, planned }
}
