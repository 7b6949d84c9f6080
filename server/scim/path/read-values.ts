// Reads what an attribute path points at in a resource, as plain texts (RFC 7644 section 3.10).
import type { Attribute, ResourceType } from '../attribute.ts'
import type { Json, Resource } from '../json.ts'
import { attributePath, type AttributePath } from './attribute-path.ts'
import { findSubAttribute, resolveName } from './resolve.ts'

/**
 * The path that a name means when its values are texts: `title`, `roles` (for `roles.value`), `name.familyName`,
 * `urn:…:User:department`. Null for unknown names and for numbers, truth values, binaries and whole objects.
 */
export function textPath(name: string, type: ResourceType): AttributePath | null {
  const found = resolveName(name, type)
  if (found.kind !== 'attribute') return null
  const path = withValue(found.path)
  return isText(path.sub ?? path.attribute) ? path : null
}

function withValue(path: AttributePath): AttributePath {
  if (path.sub !== undefined || path.attribute.type !== 'complex') return path
  const value = findSubAttribute(path.attribute, 'value')
  return value === undefined ? path : attributePath(path.schema, path.attribute, value)
}

function isText(attribute: Attribute): boolean {
  return attribute.type === 'string' || attribute.type === 'reference'
}

/** Every text at the path, in order, as it was written; none where the attribute is missing or empty. */
export function readTexts(resource: Resource, path: AttributePath): string[] {
  const container = path.schema === null ? resource : objectOf(resource[path.schema])
  const values = listOf(container[path.attribute.name])
  const { sub } = path
  const leaves = sub === undefined ? values : values.flatMap(value => listOf(objectOf(value)[sub.name]))
  return leaves.filter(leaf => typeof leaf === 'string' && leaf !== '') as string[]
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? (value as readonly Json[]) : [value]
}

function objectOf(value: Json | undefined): Resource {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Resource) : {}
}
