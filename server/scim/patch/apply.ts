// Applies operations to a resource.
import type { ResourceType } from '../attribute.ts'
import { ScimError } from '../error.ts'
import type { Resource } from '../json.ts'
import type { PatchOperation } from './operation.ts'

/** Returns the very same resource when nothing changes. */
export function applyPatch(
  _resource: Resource,
  _operations: readonly PatchOperation[],
  _type: ResourceType,
): Resource {
  throw new ScimError({ status: 501, detail: 'Not built yet.' })
}
