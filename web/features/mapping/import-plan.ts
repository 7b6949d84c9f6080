// What an imported table would make of the rows.
import { isSameGroup, type DraftRow, type GroupPick } from './draft.ts'

export type ImportMode = 'merge' | 'replace'
export interface ImportedRow {
  value: string
  group: GroupPick
}

export interface ImportPlan {
  /** All rows afterwards. */
  rows: ImportedRow[]
  added: number
  changed: number
  same: number
  removed: number
  /** Lines whose value came again further down: the last one counts. */
  repeated: number
}

function countOf(imported: readonly ImportedRow[], before: ReadonlyMap<string, DraftRow>) {
  const kinds = imported.map(({ value, group }) => {
    const row = before.get(value.trim())
    if (!row) return 'added'
    return isSameGroup(row.group, group) ? 'same' : 'changed'
  })
  const count = (wanted: string) => kinds.filter(kind => kind === wanted).length
  return { added: count('added'), changed: count('changed'), same: count('same') }
}

/** Merging changes and adds, replacing also removes what the table does not name. Rows without a group are dropped. */
export function importPlan(
  rows: readonly DraftRow[],
  table: readonly ImportedRow[],
  mode: ImportMode,
): ImportPlan {
  const before = new Map(rows.map(row => [row.value.trim(), row]))
  const once = new Map(table.map(row => [row.value.trim(), row]))
  const imported = [...once.values()]
  const kept = rows.flatMap(({ value, group }) => {
    const named = once.get(value.trim())
    if (named) return [named]
    return mode === 'merge' && group ? [{ value, group }] : []
  })
  const fresh = imported.filter(({ value }) => !before.has(value.trim()))
  const after = mode === 'merge' ? [...kept, ...fresh] : imported
  const removed = mode === 'merge' ? 0 : rows.filter(row => !once.has(row.value.trim())).length
  return { rows: after, ...countOf(imported, before), removed, repeated: table.length - imported.length }
}
