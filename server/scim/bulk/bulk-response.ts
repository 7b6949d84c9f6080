// The answer to a Bulk request (RFC 7644 section 3.7, erratum 7916).
import type { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'
import { urn } from '../urn.ts'

/** What became of one operation. */
export interface BulkEntry {
  readonly method: string
  readonly bulkId: string | null
  /** Where the resource is; null for a POST that failed (B8). */
  readonly location: string | null
  readonly version: string | null
  readonly status: number
  /** Why it failed; its `status` equals the entry's. */
  readonly problem: ScimError | null
}

/** The BulkResponse message: one entry for each operation that was processed, in the order given. */
export function bulkResponse(entries: readonly BulkEntry[]): Resource {
  return { schemas: [urn.bulkResponse], Operations: entries.map(printed) }
}

function printed(entry: BulkEntry): Resource {
  const { location, method, bulkId, version, problem } = entry
  return {
    ...(location === null ? {} : { location }),
    method,
    ...(bulkId === null ? {} : { bulkId }),
    ...(version === null ? {} : { version }),
    status: String(entry.status),
    ...(problem === null ? {} : { response: problem.toBody() }),
  }
}
