// Which page a request asks for: `startIndex`, `count` (RFC 7644 section 3.4.2.4) and `cursor` (RFC 9865 section 2).
import { refusal, type ScimType } from '../error.ts'
import { quoted } from '../text.ts'
import { unknownCursor } from './cursor.ts'

/**
 * A page by its number, the first one, or the one behind a cursor. `count`, the most resources to answer, is between 0
 * and the maximum. Only `index` is never answered with a cursor (K9); `first` says by which parameter it was asked for.
 */
export type PageRequest =
  | { readonly kind: 'index'; readonly startIndex: number; readonly count: number }
  | { readonly kind: 'first'; readonly by: 'default' | 'cursor'; readonly count: number }
  | { readonly kind: 'next'; readonly cursor: string; readonly count: number }

export interface PageParameters {
  readonly startIndex?: unknown
  readonly count?: unknown
  readonly cursor?: unknown
}

export interface PageLimits {
  readonly defaultCount: number
  readonly maxCount: number
}

/** Large enough for every list, small enough for a database's integer. */
const largest = 2_147_483_647
/** In characters; ours have some 150, those of lists sorted by long texts up to 3,000. */
const longestCursor = 8_192

/**
 * Reads the parameters. Missing or blank means the default, a start below 1 is 1, a negative count 0, more than the
 * maximum the maximum (PG1, PG2, F19, K4). An empty cursor starts cursor paging (K1); beside a cursor, `startIndex` is
 * ignored (K14). What is no whole number is `invalidValue` (PG5), a count beside a cursor `invalidCount` (K7).
 */
export function parsePage(parameters: PageParameters, limits: PageLimits): PageRequest {
  const { cursor } = parameters
  const byCursor = cursor !== undefined && cursor !== null
  const sent = wholeNumber('count', parameters.count, byCursor ? 'invalidCount' : 'invalidValue')
  const count = clamp(sent ?? limits.defaultCount, 0, limits.maxCount)
  if (byCursor) return behind(cursor, count)
  const startIndex = wholeNumber('startIndex', parameters.startIndex, 'invalidValue')
  if (startIndex === undefined) return { kind: 'first', by: 'default', count }
  return { kind: 'index', startIndex: clamp(startIndex, 1, largest), count }
}

function behind(cursor: unknown, count: number): PageRequest {
  if (typeof cursor !== 'string' || cursor.length > longestCursor) throw unknownCursor()
  return cursor.trim() === '' ? { kind: 'first', by: 'cursor', count } : { kind: 'next', cursor, count }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}

function wholeNumber(name: string, sent: unknown, scimType: ScimType): number | undefined {
  if (sent === undefined || sent === null) return undefined
  const text = typeof sent === 'number' ? String(sent) : sent
  if (typeof text === 'string' && text.trim() === '') return undefined
  if (typeof text === 'string' && /^[+-]?\d+$/.test(text.trim())) return Number(text)
  throw refusal(
    scimType,
    `${name} is ${quoted(typeof sent === 'string' ? sent : typeof sent)}, but must be a whole number.`,
  )
}
