// Which values still need a group, seen from the rows that are being edited.
import type { Draft, GroupPick } from './draft.ts'
import type { SeenValue } from './use-mapping.ts'

export interface OpenValue {
  value: string
  people: number
  lastSeen: string | null
  /** Another spelling that has a row, what differs, and where that row leads. */
  near: { value: string; kinds: SeenValue['nearMiss']; group: GroupPick | null } | null
}

interface Known {
  draft: Draft
  unmapped: readonly SeenValue[]
  /** Values of stored rows with who carries them: a removed row gives its value back. */
  stored: readonly { value: string; people: number; lastSeen: string | null }[]
  /** Near misses of the edited rows, as the preview found them. */
  planned: readonly SeenValue[]
}

/** Near misses first, then by number of people. */
export function openValues({ draft, unmapped, stored, planned }: Known): OpenValue[] {
  const rows = new Map(draft.rows.map(row => [row.value.trim(), row]))
  const nearOf = new Map([...unmapped, ...planned].map(seen => [seen.value, seen.nearMiss]))
  const given = stored.filter(row => row.people > 0 && !rows.has(row.value))
  const carried = [
    ...unmapped.map(({ value, count, lastSeen }) => ({ value, people: count, lastSeen })),
    ...given.map(({ value, people, lastSeen }) => ({ value, people, lastSeen })),
  ]
  const once = new Map(carried.map(one => [one.value, one]))
  return [...once.values()]
    .filter(({ value }) => !rows.has(value))
    .map(one => {
      const kinds = nearOf.get(one.value) ?? null
      const row = kinds ? rows.get(kinds.value) : undefined
      return { ...one, near: kinds && row ? { value: kinds.value, kinds, group: row.group } : null }
    })
    .sort(
      (one, other) => Number(other.near !== null) - Number(one.near !== null) || other.people - one.people,
    )
}
