// Sorting (RFC 7644 section 3.4.2.3).
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { AttributePath } from '../path/attribute-path.ts'

export interface Sort {
  readonly path: AttributePath
  readonly order: 'ascending' | 'descending'
}

/** Null when no order is asked for. */
export function parseSort(
  _parameters: { readonly sortBy?: unknown; readonly sortOrder?: unknown },
  _type: ResourceType,
): Sort | null {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
