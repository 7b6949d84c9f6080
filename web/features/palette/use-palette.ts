// What the palette offers for a typed text, and which line is the active one.
import { computed, ref, watch, type Ref } from 'vue'
import type { PaletteEntry } from './palette-entry.ts'
import { noteRecent, recentEntries } from './recent.ts'
import { sectionsOf } from './sections.ts'
import { useServerSearch } from './use-server-search.ts'

export interface Offer {
  /** Id of the person whose choices are remembered. */
  who: string
  pages: readonly PaletteEntry[]
  actions: readonly PaletteEntry[]
  /** Whether people, and groups, may be searched. */
  people: boolean
  groups: boolean
}

/** Recent choices that may still be made; pages and actions as they are called now. */
function recentOf({ who, pages, actions, people, groups }: Offer): PaletteEntry[] {
  return recentEntries(who).flatMap(kept => {
    if (kept.kind === 'person') return people ? [kept] : []
    if (kept.kind === 'group') return groups ? [kept] : []
    return [...pages, ...actions].find(({ id }) => id === kept.id) ?? []
  })
}

/** `active` is a number among `lines`, all lines of all sections. */
export function usePalette(text: Ref<string>, offer: () => Offer) {
  const active = ref(0)
  const typed = computed(() => text.value.trim())
  const server = useServerSearch(() => {
    const { people, groups } = offer()
    return { search: typed.value, people, groups }
  })
  const recent = computed(() => recentOf(offer()))
  const own = computed(() => [...offer().pages, ...offer().actions])
  const sections = computed(() =>
    sectionsOf({ text: typed.value, own: own.value, recent: recent.value, found: server.found.value }),
  )
  const lines = computed(() => sections.value.flatMap(({ entries }) => entries))
  watch(typed, () => {
    active.value = 0
  })
  // What arrives later moves no choice that somebody made with the arrows.
  watch(lines, (now, before) => {
    const same = now.findIndex(({ id }) => id === before[active.value]?.id)
    active.value = active.value > 0 && same >= 0 ? same : 0
  })
  const moves: Partial<Record<string, (count: number) => number>> = {
    ArrowDown: count => (active.value + 1) % count,
    ArrowUp: count => (active.value - 1 + count) % count,
    Home: () => 0,
    End: count => count - 1,
  }
  /** Moves the active line; answers whether the key was for that. */
  function move(key: string): boolean {
    const next = moves[key]
    if (next && lines.value.length > 0) active.value = next(lines.value.length)
    return next !== undefined
  }
  const note = (entry: PaletteEntry) => {
    noteRecent(offer().who, entry)
  }
  return { active, sections, lines, move, note, ...server }
}
