// Puts people who are invited into groups: those that were named, by hand, and the one for people without a match.
import { detailOf } from '#server/domain/group-mappings/rules/placement.ts'
import { joinReason } from '#server/domain/group-mappings/rules/reason.ts'
import type { SourceChange } from '#server/domain/memberships/change-sources.sql.ts'
import { placePeople } from '#server/domain/memberships/place-people.ts'
import { crossingEvents } from '#server/domain/memberships/rules/crossing-events.ts'
import { byHand } from '#server/domain/memberships/rules/source.ts'
import type { Transaction } from '#server/domain/transact.ts'
import type { Places } from './lock-places.ts'

/** Memberships, copies of managed events and the events that tell of them. */
export async function placeInvited(
  tx: Transaction,
  input: { places: Places; userIds: readonly string[] },
): Promise<void> {
  const { places, userIds } = input
  const { groupIds, names, planned, mapping } = places
  const crossings = await placePeople(
    tx,
    userIds.flatMap(userId => sourcesOf(tx, { userId, places })),
  )
  crossingEvents({
    ...crossings,
    groupName: id => names.get(id) ?? '',
    reason: ({ groupId }) => {
      const source = planned.gives.find(each => each.groupId === groupId)
      return source === undefined || groupIds.includes(groupId)
        ? 'by invitation'
        : joinReason(source, mapping)
    },
  }).forEach(tx.record)
}

function sourcesOf(tx: Transaction, { userId, places }: { userId: string; places: Places }): SourceChange[] {
  const grantedAt = tx.clock.now()
  const { groupIds, planned, mapping } = places
  const manual = groupIds.map(groupId => ({
    userId,
    groupId,
    kind: 'manual',
    given: { detail: byHand(tx.actor), grantedAt },
  }))
  const mapped = planned.gives.map(source => ({
    userId,
    groupId: source.groupId,
    kind: source.kind,
    given: { detail: { ...detailOf(source, mapping), ...byHand(tx.actor) }, grantedAt },
  }))
  return [...manual, ...mapped]
}
