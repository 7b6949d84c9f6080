// What is known about the value of each row: who carries it, and whether another spelling was probably meant.
import { computed } from 'vue'
import type { SeenValue, StoredMapping } from './use-mapping.ts'

export interface RowFacts {
  /** Null while nobody has counted: the value is new here. */
  people: number | null
  lastSeen: string | null
  /** Another spelling that people carry while nobody carries this one. */
  instead: { value: string; people: number } | null
}

interface Sources {
  mapping: () => StoredMapping | null
  unmapped: () => readonly SeenValue[]
}

/** Facts by value, edge blanks aside. */
export function useRowFacts({ mapping, unmapped }: Sources) {
  const known = computed(() => {
    const rows = mapping()?.rows.map(row => [row.value, row] as const) ?? []
    const seen = unmapped().map(({ value, count, lastSeen }) => [value, { people: count, lastSeen }] as const)
    return new Map<string, { people: number; lastSeen: string | null }>([...seen, ...rows])
  })
  const meant = computed(() => {
    const near = new Map<string, { value: string; people: number }>()
    for (const { value, count, nearMiss } of unmapped())
      if (nearMiss && !near.has(nearMiss.value)) near.set(nearMiss.value, { value, people: count })
    return near
  })
  return (value: string): RowFacts => {
    const found = known.value.get(value.trim())
    const people = found?.people ?? null
    const instead = people === 0 ? (meant.value.get(value.trim()) ?? null) : null
    return { people, lastSeen: found?.lastSeen ?? null, instead }
  }
}
