// What differs between the stored mapping and the one that is edited.
import { isSameGroup, type Draft, type DraftRow } from './draft.ts'

export type RowState = 'new' | 'edited'

export interface DraftChanges {
  /** Rows that are new or edited, by key; all others are as stored. */
  states: ReadonlyMap<string, RowState>
  /** Stored rows that are gone. */
  removed: readonly DraftRow[]
  reordered: boolean
  /** All changes, settings included. */
  count: number
}

function stateOf(row: DraftRow, stored: DraftRow | undefined): RowState | null {
  if (!stored) return 'new'
  return stored.value === row.value.trim() && isSameGroup(stored.group, row.group) ? null : 'edited'
}

function isReordered(stored: Draft, draft: Draft): boolean {
  const left = new Set(draft.rows.map(row => row.key))
  const before = stored.rows.filter(row => left.has(row.key))
  const known = new Set(before.map(row => row.key))
  const after = draft.rows.filter(row => known.has(row.key))
  return after.some((row, index) => row.key !== before[index]?.key)
}

/** Compares row by row; edge blanks of a value do not count, because saving takes them away. */
export function changesOf(stored: Draft, draft: Draft): DraftChanges {
  const before = new Map(stored.rows.map(row => [row.key, row]))
  const kept = new Set(draft.rows.map(row => row.key))
  const states = new Map(
    draft.rows.flatMap(row => {
      const state = stateOf(row, before.get(row.key))
      return state === null ? [] : [[row.key, state] as const]
    }),
  )
  const removed = stored.rows.filter(row => !kept.has(row.key))
  const reordered = isReordered(stored, draft)
  const settings = [
    stored.enabled !== draft.enabled,
    stored.applyToExisting !== draft.applyToExisting,
    !isSameGroup(stored.defaultGroup, draft.defaultGroup),
    reordered,
  ].filter(Boolean)
  return { states, removed, reordered, count: states.size + removed.length + settings.length }
}
