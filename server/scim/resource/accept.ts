// Accepts the body of a POST or PUT.
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'

export interface Interaction {
  readonly interaction: 'create' | 'replace'
  /** The stored resource, for 'replace'. */
  readonly current?: Resource
  readonly strict?: boolean
}

export interface Accepted {
  readonly resource: Resource
  readonly ignored: readonly string[]
}

export function accept(_body: unknown, _type: ResourceType, _interaction: Interaction): Accepted {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
