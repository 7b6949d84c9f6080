// The envelope of a list (RFC 7644 section 3.4.2).
import type { Resource } from '../json.ts'
import { urn } from '../urn.ts'

/** One page of resources with its place in the whole. */
export interface Page {
  readonly resources: readonly Resource[]
  readonly totalResults: number
  /** The effective 1-based index of the first resource. */
  readonly startIndex: number
  /** Defaults to the number of resources. */
  readonly itemsPerPage?: number
}

/** The ListResponse message; an empty page still carries `Resources: []` and both page numbers (R7). */
export function listResponse(page: Page): Resource {
  return {
    schemas: [urn.listResponse],
    totalResults: page.totalResults,
    startIndex: page.startIndex,
    itemsPerPage: page.itemsPerPage ?? page.resources.length,
    Resources: page.resources,
  }
}
