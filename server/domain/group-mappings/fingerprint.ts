// The fingerprint of a preview: says whether a save would do what was shown, and if not, what is different.
import { createHash } from 'node:crypto'
import type { PlanTotals } from './rules/plan-summary.ts'

export interface Shown {
  /** Of the mapping that was there when the preview was made. */
  readonly version: number
  /** Null when the preview was not to be applied to existing people: then people do not count. */
  readonly totals: PlanTotals | null
  /** What the mapping becomes. */
  readonly draft: string
  readonly movements: readonly string[]
}

interface Told {
  readonly version: number
  readonly totals: PlanTotals | null
  readonly draft: string
  readonly people: string
}

/** Opaque text for whoever previews; to be sent along with the save. */
export function fingerprint(shown: Shown): string {
  return Buffer.from(JSON.stringify(toldBy(shown))).toString('base64url')
}

function toldBy({ version, totals, draft, movements }: Shown): Told {
  return { version, totals, draft: hash([draft]), people: hash(movements) }
}

/** The version of the mapping that a preview was made from; null for what is none of ours. */
export function previewedVersion(previewed: string): number | null {
  return read(previewed)?.version ?? null
}

/** Null when a save does what was previewed; else what is different now, in a sentence. */
export function difference(previewed: string, shown: Shown): string | null {
  const before = read(previewed)
  const now = toldBy(shown)
  if (before === null) return 'The preview is not one of ours.'
  if (before.version !== now.version) return 'The mapping was changed by someone else since the preview.'
  if (before.draft !== now.draft) return 'These rows are not the ones that were previewed.'
  if (before.people === now.people) return null
  return peopleDifference(before.totals, now.totals)
}

function peopleDifference(before: PlanTotals | null, now: PlanTotals | null): string {
  if (before === null || now === null) return '"Apply to existing users" is not as it was in the preview.'
  const words = { join: 'join', leave: 'leave', move: 'move', unmatched: 'are without a match' } as const
  const told = Object.entries(words).flatMap(([name, verb]) => {
    const [was, is] = [before[name as keyof typeof words], now[name as keyof typeof words]]
    return was === is ? [] : [`${String(is)} ${verb} (it was ${String(was)})`]
  })
  return told.length === 0
    ? 'People have changed since the preview: as many move, but not the same ones.'
    : `People have changed since the preview: ${told.join(', ')}.`
}

function read(text: string): Told | null {
  try {
    const told: unknown = JSON.parse(Buffer.from(text.slice(0, 2_000), 'base64url').toString('utf8'))
    return isTold(told) ? told : null
  } catch {
    return null
  }
}

function isTold(value: unknown): value is Told {
  if (typeof value !== 'object' || value === null) return false
  const { version, draft, people } = value as Record<string, unknown>
  return typeof version === 'number' && typeof draft === 'string' && typeof people === 'string'
}

function hash(texts: readonly string[]): string {
  const sum = createHash('sha256')
  for (const text of texts) sum.update(text).update('\n')
  return sum.digest('base64url').slice(0, 22)
}
