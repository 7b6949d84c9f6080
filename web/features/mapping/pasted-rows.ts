// Rows from a spreadsheet: two columns with a tab between them, one row a line.
import type { DraftRow, GroupPick } from './draft.ts'

export interface PastedRow {
  value: string
  /** Name of the group; empty when there was one column only. */
  group: string
}

/** The rows of a pasted table; null for a text that is none (one line without a tab). */
export function pastedRows(text: string): PastedRow[] | null {
  const lines = text.split(/\r\n|\n|\r/u).filter(line => line.trim() !== '')
  if (lines.length < 2 && !text.includes('\t')) return null
  return lines.map(line => {
    const [value = '', group = ''] = line.split('\t')
    return { value, group: group.trim() }
  })
}

interface Target {
  rows: readonly DraftRow[]
  /** The row whose value was pasted into. */
  key: string
  pasted: readonly PastedRow[]
}

let made = 0

/**
 * The first pasted row takes the place of the one that was pasted into, the others follow it. A group that no row names
 * yet becomes a new one; saving says so when it exists already.
 */
export function mergePasted(
  { rows, key, pasted }: Target,
  byName: ReadonlyMap<string, GroupPick>,
): DraftRow[] {
  return rows.flatMap(row => {
    if (row.key !== key) return [row]
    return pasted.map(({ value, group }, index): DraftRow => {
      const pick = group === '' ? null : (byName.get(group.toLowerCase()) ?? { id: null, name: group })
      return { key: index === 0 ? row.key : `pasted-${String((made += 1))}`, value, group: pick }
    })
  })
}
