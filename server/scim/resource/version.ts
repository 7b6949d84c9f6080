// Version tags and the two conditional headers.
import { ScimError } from '../error.ts'

/** W/"7" for version 7. */
export function weakTag(version: number): string {
  return `W/"${version}"`
}

/** Whether a write may go on (false: 412). A missing header allows. */
export function ifMatchAllows(_header: string | undefined, _tag: string): boolean {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}

/** Whether a read may be answered with 304. A missing header never hits. */
export function ifNoneMatchHits(_header: string | undefined, _tag: string): boolean {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
