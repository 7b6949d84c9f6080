// What a change set has done to a person, and what undoing it would do.
import type { MoveKind } from '#server/domain/group-mappings/rules/plan-summary.ts'
import { keptReason } from '#server/domain/group-mappings/rules/reason.ts'

interface Kept {
  readonly detail: Readonly<Record<string, unknown>>
}

interface Entry {
  readonly groupId: string
  readonly before: Kept | null
  readonly after: Kept | null
  /** Nobody has changed it since, so undoing it is possible. */
  readonly asLeft: boolean
}

export interface PersonMove {
  readonly kind: MoveKind
  /** Groups that the mapping held the person in before, and afterwards, where that is different. */
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly reason: string
}

/** `undoing` for change sets that were made by undoing one. */
export function moveOf(entries: readonly Entry[], { undoing }: { undoing: boolean }): PersonMove {
  const given = entries.flatMap(({ after }) => after ?? [])
  const taken = entries.flatMap(({ before }) => before ?? [])
  const way = wayOf(entries)
  if (undoing) return { ...way, reason: 'a change set was undone' }
  return { ...way, reason: given.length > 0 ? reasonOf(given) : `no longer ${reasonOf(taken)}` }
}

/** Undoing leaves alone what others have changed since. */
export function undoOf(entries: readonly Entry[]): PersonMove {
  const undone = entries
    .filter(({ asLeft }) => asLeft)
    .map(({ groupId, before, after, asLeft }) => ({ groupId, before: after, after: before, asLeft }))
  const restored = undone.flatMap(({ after }) => after ?? [])
  const way = wayOf(undone)
  if (undone.length === 0) return { ...way, reason: 'changed by others since: stays' }
  const some = undone.length < entries.length ? '; the rest was changed by others since' : ''
  const back = restored.length > 0 ? `again ${reasonOf(restored)}` : 'was not there before'
  return { ...way, reason: back + some }
}

function reasonOf(sources: readonly Kept[]): string {
  return [...new Set(sources.map(({ detail }) => keptReason(detail)))].join('; ')
}

function wayOf(entries: readonly Entry[]): Omit<PersonMove, 'reason'> {
  const groupsWith = (side: 'before' | 'after'): string[] => [
    ...new Set(entries.filter(entry => entry[side] !== null).map(({ groupId }) => groupId)),
  ]
  const [from, to] = [groupsWith('before').sort(), groupsWith('after').sort()]
  const joins = to.some(id => !from.includes(id))
  const leaves = from.some(id => !to.includes(id))
  const some: MoveKind = joins ? 'join' : leaves ? 'leave' : 'unchanged'
  return { kind: joins && leaves ? 'move' : some, from, to }
}
