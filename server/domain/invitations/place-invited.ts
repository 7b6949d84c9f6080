// Puts people who are invited into groups: those that were named, by hand, and those where the mapping leads them.
import { detailOf } from '#server/domain/group-mappings/rules/placement.ts'
import { joinReason } from '#server/domain/group-mappings/rules/reason.ts'
import type { SourceChange } from '#server/domain/memberships/change-sources.sql.ts'
import { placePeople } from '#server/domain/memberships/place-people.ts'
import { crossingEvents } from '#server/domain/memberships/rules/crossing-events.ts'
import { byHand } from '#server/domain/memberships/rules/source.ts'
import type { Transaction } from '#server/domain/transact.ts'
import type { Places, PlannedArrival } from './lock-places.ts'

/** Memberships, copies of managed events and the events that tell of them. */
export async function placeInvited(tx: Transaction, places: Places): Promise<void> {
  const { groupIds, names, plans, mapping } = places
  const planOf = new Map(plans.map(({ userId, plan }) => [userId, plan]))
  const crossings = await placePeople(
    tx,
    plans.flatMap(arrival => sourcesOf(tx, { arrival, places })),
  )
  crossingEvents({
    ...crossings,
    groupName: id => names.get(id) ?? '',
    reason: ({ userId, groupId }) => {
      const source = planOf.get(userId)?.gives.find(each => each.groupId === groupId)
      return source === undefined || groupIds.includes(groupId)
        ? 'by invitation'
        : joinReason(source, mapping)
    },
  }).forEach(tx.record)
}

function sourcesOf(
  tx: Transaction,
  { arrival, places }: { arrival: PlannedArrival; places: Places },
): SourceChange[] {
  const grantedAt = tx.clock.now()
  const { groupIds, mapping } = places
  const { userId, plan } = arrival
  const manual = groupIds.map(groupId => ({
    userId,
    groupId,
    kind: 'manual',
    given: { detail: byHand(tx.actor), grantedAt },
  }))
  const mapped = plan.gives.map(source => ({
    userId,
    groupId: source.groupId,
    kind: source.kind,
    given: { detail: { ...detailOf(source, mapping), ...byHand(tx.actor) }, grantedAt },
  }))
  return [...manual, ...mapped]
}
