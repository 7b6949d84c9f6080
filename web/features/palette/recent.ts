// What a person chose lately, kept on this device under their id, so that another person's names are never offered.
import { readSetting, writeSetting } from '#web/lib/device-settings.ts'
import { kinds, type PaletteEntry } from './palette-entry.ts'

type Kept = Pick<PaletteEntry, 'id' | 'kind' | 'label' | 'icon' | 'hint' | 'to'>

const most = 6

function isKept(value: unknown): value is Kept {
  const { id, kind, label, icon } = (value ?? {}) as Record<string, unknown>
  const texts = [id, label, icon].every(text => typeof text === 'string')
  return texts && kinds.some(one => one === kind)
}

/** The last choices of `who`, newest first; none when the device keeps somebody else's or nothing that can be read. */
export function recentEntries(who: string): Kept[] {
  try {
    const kept = JSON.parse(readSetting('recent') ?? '{}') as { who?: unknown; entries?: unknown }
    return kept.who === who && Array.isArray(kept.entries) ? kept.entries.filter(isKept) : []
  } catch {
    return []
  }
}

/** Puts a choice of `who` first. */
export function noteRecent(who: string, entry: PaletteEntry): void {
  const { id, kind, label, icon, hint, to } = entry
  const others = recentEntries(who).filter(one => one.id !== id)
  const entries = [{ id, kind, label, icon, hint, to }, ...others].slice(0, most)
  writeSetting('recent', JSON.stringify({ who, entries }))
}
