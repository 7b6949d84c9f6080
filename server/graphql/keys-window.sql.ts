// How a page of any list is cut out of its order, in SQL.
import type { Place } from './place.ts'

export interface KeysWindow {
  readonly from: Place | null
  readonly backward: boolean
  readonly descending: boolean
  readonly take: number
}

/** Condition and order of a page, to stand behind a `WHERE`. Column texts are ours, never a caller's. */
export function tailOf(
  key: { column: string; cast: string; id: string },
  window: KeysWindow,
  values: unknown[],
): string {
  const down = window.descending !== window.backward
  const { from } = window
  const after =
    from === null
      ? ''
      : `AND (${key.column}, ${key.id}) ${down ? '<' : '>'} (${add(values, from.value, key.cast)}, ${add(values, from.id, 'uuid')})`
  const direction = down ? 'DESC' : 'ASC'
  const limit = add(values, window.take, 'int')
  return `${after} ORDER BY ${key.column} ${direction}, ${key.id} ${direction} LIMIT ${limit}`
}

/** Adds a value, answers its placeholder. */
export function add(values: unknown[], value: unknown, cast: string): string {
  values.push(value)
  return `$${String(values.length + 1)}::${cast}`
}
