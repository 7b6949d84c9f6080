// What the logs say of an assignment.
import type { NewEvent } from '#server/domain/provisioning-log/rules/event.ts'

interface Named {
  readonly id: string
  readonly name: string
}

export interface Assigned {
  readonly type: 'managed_event.assigned' | 'managed_event.unassigned'
  readonly name: string
  /** Groups and people that were locked for it. */
  readonly groups: readonly Named[]
  readonly people: readonly Named[]
  /** Of those, whom it was new to, or whom it was taken from. */
  readonly fresh: { readonly groupIds: readonly string[]; readonly userIds: readonly string[] }
  /** People who got or lost a copy by it. */
  readonly copies: number
}

/** `Owner assigned Intro call to Sales and 2 people`; people are counted, not named. */
export function assignmentTold({ type, name, groups, fresh, copies }: Assigned): NewEvent {
  const names = groups.filter(({ id }) => fresh.groupIds.includes(id)).map(group => group.name)
  const shown = names.length > 3 ? [...names.slice(0, 2), `${String(names.length - 2)} more groups`] : names
  const { length } = fresh.userIds
  const counted = length === 0 ? [] : [length === 1 ? '1 person' : `${String(length)} people`]
  const who = [...shown, ...counted].join(', ')
  return { type, detail: { subject: name, words: { who, copies: String(copies) } } }
}

/** Ids as the activity log keeps them. */
export function listed({ groupIds, userIds }: Assigned['fresh']): { groupIds: string[]; userIds: string[] } {
  return { groupIds: [...groupIds], userIds: [...userIds].slice(0, 100) }
}
