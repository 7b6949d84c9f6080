// Prints a filter back as text.
import { ScimError } from '../error.ts'
import type { Filter } from './ast.ts'

export function printFilter(_filter: Filter): string {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
