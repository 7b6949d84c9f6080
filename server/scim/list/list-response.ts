// The envelope of a list (RFC 7644 section 3.4.2, RFC 9865 section 2).
import type { Resource } from '../json.ts'
import { urn } from '../urn.ts'

/** One page of resources with its place in the whole. */
export interface Page {
  readonly resources: readonly Resource[]
  /** Null when it is not known, which only a page behind a cursor may say (K5). */
  readonly totalResults: number | null
  /** The effective 1-based index of the first resource; left out of pages that a cursor names. */
  readonly startIndex?: number
  /** Defaults to the number of resources. */
  readonly itemsPerPage?: number
  /** Leads to the next page; null on the last one. */
  readonly nextCursor?: string | null
}

/** The ListResponse message; an empty page still carries `Resources: []` and its numbers (R7). */
export function listResponse(page: Page): Resource {
  const { totalResults, startIndex, nextCursor } = page
  return {
    schemas: [urn.listResponse],
    ...(totalResults === null ? {} : { totalResults }),
    ...(startIndex === undefined ? {} : { startIndex }),
    itemsPerPage: page.itemsPerPage ?? page.resources.length,
    ...(typeof nextCursor === 'string' ? { nextCursor } : {}),
    Resources: page.resources,
  }
}
