// Index paging (RFC 7644 section 3.4.2.4).
import { ScimError } from '../error.ts'

export interface IndexPage {
  /** 1-based. */
  readonly startIndex: number
  /** 0 to the maximum. */
  readonly count: number
}

export function parseIndexPage(
  _parameters: { readonly startIndex?: unknown; readonly count?: unknown },
  _limits: { readonly defaultCount: number; readonly maxCount: number },
): IndexPage {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
