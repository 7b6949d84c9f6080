// Shows a resource as a client may see it.
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'
import type { Selection } from './selection.ts'

export function present(_resource: Resource, _type: ResourceType, _selection: Selection): Resource {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
