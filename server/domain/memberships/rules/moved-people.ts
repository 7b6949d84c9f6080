// Who joined or left a group by one request, and the event that tells it.
import type { NewEvent, People } from '#server/domain/provisioning-log/rules/event.ts'

export const nobody: People = { count: 0, names: [], ids: [] }

/** Both together; names and ids as far as they are told. */
export function joinPeople(one: People, other: People): People {
  return {
    count: one.count + other.count,
    names: [...one.names, ...other.names].slice(0, 3),
    ids: [...one.ids, ...other.ids].slice(0, 100),
  }
}

/**
 * How long a change of so many people may take: the database's usual limit, or in milliseconds for more than a
 * thousand. Each person costs three checks of references, some 0.03 ms together on one idle core.
 */
export function patienceFor(people: number): { timeout?: number } {
  return people <= 1_000 ? {} : { timeout: 10_000 + people }
}

/** Outcome of a change of members. */
export interface MovedPeople {
  readonly added: People
  readonly removed: People
  /** Values that wait for a person to arrive. */
  readonly waiting: number
  /** Something was written, if only another reason for a membership. */
  readonly altered: boolean
}

/** One event for each kind that happened. One person's event stands in that person's history, too. */
export function memberEvents(
  group: { readonly id: string; readonly displayName: string },
  moved: Pick<MovedPeople, 'added' | 'removed'>,
): NewEvent[] {
  const told = (type: 'group.member_added' | 'group.member_removed', people: People): NewEvent[] => {
    const [only] = people.ids
    const about = people.count === 1 && only !== undefined ? { userId: only } : {}
    const event = { type, ...about, groupId: group.id, detail: { subject: group.displayName, people } }
    return people.count === 0 ? [] : [event]
  }
  return [...told('group.member_removed', moved.removed), ...told('group.member_added', moved.added)]
}
