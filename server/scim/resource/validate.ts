// Checks a finished resource.
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'

export function validate(_resource: Resource, _type: ResourceType): void {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
