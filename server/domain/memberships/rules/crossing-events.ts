// The events of many people who join and leave many groups at once: one for each group and reason.
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'

interface Crossing {
  readonly userId: string
  readonly groupId: string
  readonly name: string
}

export interface ToldCrossings {
  readonly joined: readonly Crossing[]
  readonly left: readonly Crossing[]
  readonly groupName: (groupId: string) => string
  readonly reason: (crossing: Crossing, way: 'joined' | 'left') => string
}

/** As many people as an event names; a change of more is told by several, so that every person is named in one. */
const atOnce = 100

/** Leavings first. One person's event stands in that person's history, too. */
export function crossingEvents(told: ToldCrossings): NewEvent[] {
  return [...eventsOf(told, 'left'), ...eventsOf(told, 'joined')]
}

function eventsOf(told: ToldCrossings, way: 'joined' | 'left'): NewEvent[] {
  const together = new Map<string, { groupId: string; reason: string; people: Crossing[] }>()
  for (const crossing of told[way]) {
    const reason = told.reason(crossing, way)
    const key = `${crossing.groupId} ${reason}`
    const known = together.get(key)
    if (known === undefined) together.set(key, { groupId: crossing.groupId, reason, people: [crossing] })
    else known.people.push(crossing)
  }
  const type = way === 'joined' ? 'group.member_added' : 'group.member_removed'
  return [...together.values()].flatMap(({ groupId, reason, people }) =>
    blocks(people).map((block): NewEvent => {
      const [only] = block
      const about = block.length === 1 && only !== undefined ? { userId: only.userId } : {}
      const named = { count: block.length, names: block.slice(0, 3).map(({ name }) => name) }
      const detail = {
        subject: told.groupName(groupId),
        people: { ...named, ids: block.map(({ userId }) => userId) },
        words: { reason },
      }
      return { type, ...about, groupId, detail }
    }),
  )
}

function blocks(people: readonly Crossing[]): Crossing[][] {
  const count = Math.ceil(people.length / atOnce)
  return Array.from({ length: count }, (_, index) => people.slice(index * atOnce, (index + 1) * atOnce))
}
