// Cursors: what they say and when they are refused (RFC 9865 section 2).
import { refusal, type ScimError } from '../error.ts'
import { printFilter } from '../filter/print.ts'
import type { Filter } from '../filter/ast.ts'
import type { Selection } from '../resource/selection.ts'
import type { Sort } from './sort.ts'

/** The last resource of a page; the next one begins behind it. */
export interface Place {
  readonly id: string
  /** What the resource is sorted by, as text; null when it has none or there is no sort. */
  readonly key: string | null
}

/** What a cursor says once it is open. */
export interface CursorClaims {
  readonly place: Place
  /** The count of the request that received the cursor. */
  readonly count: number
  /** The other parameters of that request, see `describeQuery`. */
  readonly query: string
  /** Milliseconds since 1970. */
  readonly issuedAt: number
}

/** What a list asks of one resource type. */
export interface QueryOfType {
  readonly type: string
  readonly filter: Filter | null
  readonly sort: Sort | null
  readonly selection: Selection
}

/**
 * What a follow-up must repeat besides `count` (K6), in canonical words: spelling and blanks may differ. A list over
 * several types has a query for each.
 */
export function describeQuery(types: readonly QueryOfType[]): string {
  const queries = types.map(({ type, filter, sort, selection }) => [
    type,
    filter && printFilter(filter),
    sort && [sort.path.key, sort.order],
    [selection.kind, ...(selection.kind === 'default' ? [] : [...selection.keys].sort())],
  ])
  return JSON.stringify(queries)
}

/**
 * The place to go on from. `claims` is null for a cursor that cannot be opened: made up, altered, of another
 * organization or connection; all of them sound alike (K12). Throws `invalidCursor`, `expiredCursor`, `invalidCount`
 * (K6, K7). Times in milliseconds.
 */
export function placeOf(
  claims: CursorClaims | null,
  request: { readonly count: number; readonly query: string },
  time: { readonly now: number; readonly timeout: number },
): Place {
  if (claims === null) throw unknownCursor()
  if (time.now - claims.issuedAt > time.timeout) {
    throw refusal('expiredCursor', 'The cursor is too old. Start again with an empty cursor.')
  }
  if (claims.query !== request.query) {
    const detail =
      'The cursor belongs to another query. Repeat filter, sortBy, sortOrder, attributes and excludedAttributes ' +
      'as they were, or start again with an empty cursor.'
    throw refusal('invalidCursor', detail)
  }
  if (claims.count !== request.count) {
    const detail = `The cursor belongs to pages of ${claims.count}. Send the same count, or start again with an empty cursor.`
    throw refusal('invalidCount', detail)
  }
  return claims.place
}

/** The same words for every cursor that is not ours or not yours. */
export function unknownCursor(): ScimError {
  return refusal('invalidCursor', 'The cursor is not known. Start again with an empty cursor.')
}
