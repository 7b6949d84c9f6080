// Keeps lines in order, each once, and not more than the ring holds.
import type { Line } from './line.ts'

/** Negative when `one` is earlier than `two`; both are decimal texts of any length. */
export function compareSequence(one: string, two: string): number {
  if (one.length !== two.length) return one.length - two.length
  if (one === two) return 0
  return one < two ? -1 : 1
}

/**
 * The lines newest first with the arrivals among them; a line that is already there changes nothing.
 * Beyond `cap` the oldest go. The same array comes back when nothing changes.
 */
export function mergeLines(lines: readonly Line[], arrivals: readonly Line[], cap: number): readonly Line[] {
  if (arrivals.length === 0) return lines
  const fresh = new Map(arrivals.map(line => [line.sequence, line]))
  const newest = lines[0]
  const allNewer =
    newest === undefined || arrivals.every(line => compareSequence(line.sequence, newest.sequence) > 0)
  if (!allNewer) for (const line of lines) fresh.delete(line.sequence)
  if (fresh.size === 0) return lines
  const added = [...fresh.values()].sort((one, two) => compareSequence(two.sequence, one.sequence))
  const merged = [...added, ...lines]
  if (!allNewer) merged.sort((one, two) => compareSequence(two.sequence, one.sequence))
  return merged.length > cap ? merged.slice(0, cap) : merged
}
