// Decides whether a resource fulfils a filter.
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'
import type { Filter } from './ast.ts'

export function matches(_filter: Filter, _resource: Resource): boolean {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
