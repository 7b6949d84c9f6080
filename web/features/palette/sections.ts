// The lines of the palette in sections.
import { findEntries, kinds, type EntryKind, type PaletteEntry } from './palette-entry.ts'

export interface PaletteSection {
  key: 'recent' | EntryKind
  entries: PaletteEntry[]
}
interface Lines {
  text: string
  /** Pages and actions. */
  own: readonly PaletteEntry[]
  recent: readonly PaletteEntry[]
  /** What the server found for the text. */
  found: readonly PaletteEntry[]
}

/**
 * Nothing typed: recent choices, then every page and action. Else what fits, by kind, recent choices first in
 * each. No line stands in two sections, and no section is empty.
 */
export function sectionsOf({ text, own, recent, found }: Lines): PaletteSection[] {
  const first = text === '' ? [...recent] : []
  const all = text === '' ? own : [...findEntries(own, text), ...found]
  const age = new Map(recent.map(({ id }, index) => [id, index]))
  const ageOf = ({ id }: PaletteEntry) => age.get(id) ?? recent.length
  const rest = all
    .filter(({ id }) => !first.some(one => one.id === id))
    .sort((one, other) => ageOf(one) - ageOf(other))
  const parts = kinds.map(kind => ({ key: kind, entries: rest.filter(one => one.kind === kind) }))
  return [{ key: 'recent' as const, entries: first }, ...parts].filter(({ entries }) => entries.length > 0)
}
