// The documents of `/Schemas`, printed from the tables the engine works with (RFC 7643 section 7).
import type { Attribute, ResourceType, Schema } from '../attribute.ts'
import type { JsonObject, Resource } from '../json.ts'
import { discoverySchemas } from '../schema/discovery-schemas.ts'
import { urn } from '../urn.ts'

/**
 * Every schema and extension in use, once, then the three that describe discovery itself (D11, D13). `baseUrl` has no
 * trailing slash.
 */
export function schemas(baseUrl: string, types: readonly ResourceType[]): readonly Resource[] {
  const used = types.flatMap(type => [type.schema, ...type.extensions.map(({ schema }) => schema)])
  return [...new Set([...used, ...discoverySchemas])].map(schema => document(schema, baseUrl))
}

function document(schema: Schema, baseUrl: string): Resource {
  return {
    schemas: [urn.schema],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.filter(isListed).map(definition),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }
}

function isListed(attribute: Attribute): boolean {
  return attribute.unlisted !== true
}

/** The characteristics that apply to the type: text has a case, and complex attributes no uniqueness (D14, erratum 6004). */
function definition(attribute: Attribute): JsonObject {
  const { name, type, multiValued, description, required, mutability, returned } = attribute
  const isText = type === 'string' || type === 'reference' || type === 'binary'
  return {
    name,
    type,
    multiValued,
    description,
    required,
    ...(isText ? { caseExact: attribute.caseExact } : {}),
    ...(attribute.canonicalValues ? { canonicalValues: attribute.canonicalValues } : {}),
    mutability,
    returned,
    ...(type === 'complex' ? {} : { uniqueness: attribute.uniqueness }),
    ...(attribute.referenceTypes ? { referenceTypes: attribute.referenceTypes } : {}),
    ...(attribute.subAttributes
      ? { subAttributes: attribute.subAttributes.filter(isListed).map(definition) }
      : {}),
  }
}
