// The documents of `/ResourceTypes`, printed from the resource types the engine works with (RFC 7643 section 6).
import type { ResourceType } from '../attribute.ts'
import type { Resource } from '../json.ts'
import { urn } from '../urn.ts'

/** One document per type; `id` equals `name` (D10). `baseUrl` has no trailing slash. */
export function resourceTypes(baseUrl: string, types: readonly ResourceType[]): readonly Resource[] {
  return types.map(type => ({
    schemas: [urn.resourceType],
    id: type.name,
    name: type.name,
    description: type.description,
    endpoint: type.endpoint,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.name}` },
  }))
}
