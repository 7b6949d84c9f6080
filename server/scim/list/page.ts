// Index paging: `startIndex` and `count` (RFC 7644 section 3.4.2.4).
import { refusal } from '../error.ts'
import { quoted } from '../text.ts'

export interface IndexPage {
  /** 1-based place of the first resource in the whole result. */
  readonly startIndex: number
  /** How many resources at most, 0 up to the maximum. */
  readonly count: number
}

export interface PageLimits {
  readonly defaultCount: number
  readonly maxCount: number
}

/** Large enough for every list, small enough for a database's integer. */
const largest = 2_147_483_647

/**
 * The effective page. Missing or blank is the default, below 1 is 1, a negative count 0, more than the maximum the
 * maximum (PG1, PG2, F19); something that is no whole number is `invalidValue` (PG5).
 */
export function parseIndexPage(
  parameters: { readonly startIndex?: unknown; readonly count?: unknown },
  limits: PageLimits,
): IndexPage {
  const startIndex = wholeNumber('startIndex', parameters.startIndex) ?? 1
  const count = wholeNumber('count', parameters.count) ?? limits.defaultCount
  return { startIndex: clamp(startIndex, 1, largest), count: clamp(count, 0, limits.maxCount) }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function wholeNumber(name: string, sent: unknown): number | undefined {
  if (sent === undefined || sent === null) return undefined
  const text = typeof sent === 'number' ? String(sent) : sent
  if (typeof text === 'string' && text.trim() === '') return undefined
  if (typeof text === 'string' && /^[+-]?\d+$/.test(text.trim())) return Number(text)
  throw refusal(
    'invalidValue',
    `${name} is ${quoted(typeof sent === 'string' ? sent : typeof sent)}, but must be a whole number.`,
  )
}
