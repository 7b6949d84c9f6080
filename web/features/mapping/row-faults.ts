// What keeps a row from being saved, found while it is typed.
import type { DraftRow } from './draft.ts'

export const longestValue = 255
export const mostRows = 1000

export interface RowFault {
  key: string
  field: 'value' | 'group'
  kind: 'empty' | 'long' | 'duplicate' | 'noGroup'
  /** Number of the row, from 1, and of the row that has the value already. */
  row: number
  other?: number
}

function valueFault(value: string, first: number | undefined): Pick<RowFault, 'kind' | 'other'> | null {
  if (value === '') return { kind: 'empty' }
  if (value.length > longestValue) return { kind: 'long' }
  return first === undefined ? null : { kind: 'duplicate', other: first }
}

/** True for what is not filled in yet, which a preview can leave out. */
export function isUnfinished({ kind }: RowFault): boolean {
  return kind === 'empty' || kind === 'noGroup'
}

/** Every fault in the order of the rows; a row may have one of its value and one of its group. */
export function rowFaults(rows: readonly DraftRow[]): RowFault[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ key, value, group }, index) => {
    const row = index + 1
    const compared = value.trim()
    const fault = valueFault(compared, first.get(compared))
    if (!first.has(compared)) first.set(compared, row)
    const ofValue = fault ? [{ key, row, field: 'value' as const, ...fault }] : []
    const ofGroup = group ? [] : [{ key, row, field: 'group' as const, kind: 'noGroup' as const }]
    return [...ofValue, ...ofGroup]
  })
}
