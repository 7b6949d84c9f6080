// The group mapping as the rules see it: plain data.
import { groupAttribute } from './source-attribute.ts'

export interface MappingRow {
  readonly id: string
  /** Without edge blanks, 1 to 255 characters; unique. */
  readonly value: string
  readonly groupId: string
  /** From 0; the row number that people see is one more. */
  readonly position: number
}

export interface Mapping {
  /** Raised by every change; 0 for an organization that has never had one. */
  readonly version: number
  readonly enabled: boolean
  /** The organization's plan contains it; without, nobody moves. */
  readonly entitled: boolean
  readonly source: string
  /** Group for people without a match. */
  readonly defaultGroupId: string | null
  readonly rows: readonly MappingRow[]
}

/** Of an organization that has never saved one. */
export const noMapping: Mapping = {
  version: 0,
  enabled: false,
  entitled: false,
  source: groupAttribute,
  defaultGroupId: null,
  rows: [],
}

/** True when the mapping may move people. */
export function isAtWork({ enabled, entitled }: Mapping): boolean {
  return enabled && entitled
}

const indexes = new WeakMap<Mapping, ReadonlyMap<string, MappingRow>>()

/** The row for a compared form; one value leads to one group. */
export function rowFor(mapping: Mapping, key: string): MappingRow | undefined {
  let index = indexes.get(mapping)
  if (index === undefined) {
    index = new Map(mapping.rows.map(row => [row.value, row]))
    indexes.set(mapping, index)
  }
  return index.get(key)
}
