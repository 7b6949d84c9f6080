// The phases about managed events: people join and leave groups that are assigned ten managed events each.
import type { Context } from '#server/domain/context.ts'
import { createGroupByHand } from '#server/domain/groups/create-group-by-hand.ts'
import { assignManagedEvent } from '#server/domain/managed-events/assign-managed-event.ts'
import { createManagedEvent } from '#server/domain/managed-events/create-managed-event.ts'
import { urn } from '#server/scim/index.ts'
import type { LoadRequest } from './http-load.ts'
import type { Population } from './people.ts'

export const eventPhaseNames = ['events-add', 'events-remove'] as const
export type EventPhase = (typeof eventPhaseNames)[number]

const groups = 10
const eventsOfEach = 10

/** Groups with managed events of their own; by hand, because they are part of what is there before. */
export async function makeHoldingGroups(ctx: Context): Promise<string[]> {
  const made: string[] = []
  while (made.length < groups) {
    const groupId = await createGroupByHand(ctx, { name: `Holders ${String(made.length)}` })
    for (let n = 0; n < eventsOfEach; n += 1) {
      const details = { name: `Event ${String(made.length)} ${String(n)}` }
      const managedEventId = await createManagedEvent(ctx, { details })
      await assignManagedEvent(ctx, { managedEventId, groupIds: [groupId], userIds: [] })
    }
    made.push(groupId)
  }
  return made
}

/** Whoever joins leaves in the next phase, and comes back in the next round. */
export function makeEventPhases({
  stored,
  holding,
}: Population): Partial<Record<EventPhase, () => LoadRequest>> {
  if (holding.length === 0) return {}
  const maker = (op: 'Add' | 'Remove') => {
    let at = 0
    return (): LoadRequest => {
      const value = [{ value: stored[Math.floor(at / holding.length) % stored.length]?.id ?? '' }]
      const group = holding[at % holding.length] ?? ''
      at += 1
      const body = { schemas: [urn.patchOp], Operations: [{ op, path: 'members', value }] }
      return { method: 'PATCH', path: `/Groups/${group}`, body, status: 204 }
    }
  }
  return { 'events-add': maker('Add'), 'events-remove': maker('Remove') }
}
