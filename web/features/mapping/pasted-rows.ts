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

const cell = (text: string) => `"${text.replaceAll('"', '""')}"`

/** A CSV table that names each pasted group once, so that the server can say which of them exist. */
export function namesAsCsv(pasted: readonly PastedRow[]): string {
  const names = [...new Set(pasted.map(({ group }) => group).filter(name => name !== ''))]
  return names.map((name, index) => `${String(index + 1)},${cell(name)}\r\n`).join('')
}

interface Target {
  rows: readonly DraftRow[]
  /** The row whose value was pasted into. */
  key: string
  pasted: readonly PastedRow[]
}

let made = 0

/** The first pasted row takes the place of the one that was pasted into, the others follow it. */
export function mergePasted({ rows, key, pasted }: Target, groups: readonly GroupPick[]): DraftRow[] {
  const byName = new Map(groups.map(group => [group.name.trim().toLowerCase(), group]))
  return rows.flatMap(row => {
    if (row.key !== key) return [row]
    return pasted.map(({ value, group }, index): DraftRow => {
      const pick = byName.get(group.toLowerCase()) ?? null
      return { key: index === 0 ? row.key : `pasted-${String((made += 1))}`, value, group: pick }
    })
  })
}
