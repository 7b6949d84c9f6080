// Parses filter text into a typed filter (RFC 7644 section 3.4.2.2).
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { Filter } from './ast.ts'

export interface FilterOptions {
  readonly strict?: boolean
}

export function parseFilter(_text: string, _type: ResourceType, _options: FilterOptions = {}): Filter {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
