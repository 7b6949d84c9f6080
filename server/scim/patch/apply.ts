// Applies parsed operations to a resource, one after the other, without touching the original.
import type { ResourceType } from '../attribute.ts'
import { refusal } from '../error.ts'
import { isJsonArray, isJsonObject, sameJson, type Json, type JsonObject, type Resource } from '../json.ts'
import type { AttributePath } from '../path/attribute-path.ts'
import { uniteLists } from '../resource/elements.ts'
import { validate } from '../resource/validate.ts'
import { changeElements, removeListed } from './change-elements.ts'
import type { PatchOperation } from './operation.ts'

/**
 * The resource after all operations in order (H4). The very same resource comes back when nothing changed in the end
 * (H15). Throws `noTarget`, `mutability` or `invalidValue`; the original stays as it was.
 */
export function applyPatch(
  resource: Resource,
  operations: readonly PatchOperation[],
  type: ResourceType,
): Resource {
  const changed = operations.reduce(applyOne, resource)
  if (sameJson(changed, resource)) return resource
  validate(changed, type)
  return changed
}

function applyOne(resource: Resource, operation: PatchOperation): Resource {
  const { path } = operation
  const before = readAt(resource, path)
  const after = nextValue(before, operation)
  return after === before ? resource : writeAt(resource, path, after)
}

/** The value of the whole attribute after the operation; undefined unassigns it. */
function nextValue(before: Json | undefined, operation: PatchOperation): Json | undefined {
  switch (operation.op) {
    case 'add':
    case 'replace':
      return set(before, operation)
    case 'remove':
      return unset(before, operation.path)
    case 'removeListed':
      return removeListed(listOf(before), operation.listed)
    default:
      return changeElements(listOf(before), operation)
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : []
}

type Setting = Extract<PatchOperation, { op: 'add' | 'replace' }>

function set(before: Json | undefined, operation: Setting): Json {
  const { op, path, value } = operation
  const { attribute, sub } = path
  const appended = op === 'add' && attribute.multiValued && isJsonArray(value)
  const next = appended ? uniteLists(listOf(before), value) : value
  if (sub === undefined) return assign(path, before, next)
  const parts: JsonObject = isJsonObject(before) ? before : {}
  return { ...parts, [sub.name]: assign(path, parts[sub.name], next) }
}

/** An immutable attribute takes its first value and no other (H10). */
function assign(path: AttributePath, before: Json | undefined, next: Json): Json {
  const immutable = (path.sub ?? path.attribute).mutability === 'immutable'
  if (immutable && before !== undefined && !sameJson(before, next)) {
    throw refusal('mutability', `${path.key} cannot be changed.`)
  }
  return next
}

function unset(before: Json | undefined, path: AttributePath): Json | undefined {
  const { sub } = path
  if (before === undefined) return undefined
  if ((sub ?? path.attribute).mutability === 'immutable')
    throw refusal('mutability', `${path.key} cannot be changed.`)
  if (sub === undefined || !isJsonObject(before)) return undefined
  return without(before, sub.name)
}

/** The object without one key; undefined when nothing else is in it. */
function without(object: JsonObject, name: string): JsonObject | undefined {
  const { [name]: _gone, ...rest } = object
  return Object.keys(rest).length === 0 ? undefined : rest
}

function readAt(resource: Resource, { schema, attribute }: AttributePath): Json | undefined {
  const holder: Json | undefined = schema === null ? resource : resource[schema]
  return isJsonObject(holder) ? holder[attribute.name] : undefined
}

/** A list without elements and an extension without attributes disappear (DM13, H7). */
function writeAt(resource: Resource, path: AttributePath, value: Json | undefined): Resource {
  const { schema, attribute } = path
  if (schema === null) return put(resource, attribute.name, value) ?? {}
  const container = resource[schema]
  return put(resource, schema, put(isJsonObject(container) ? container : {}, attribute.name, value)) ?? {}
}

function put(object: JsonObject, name: string, value: Json | undefined): JsonObject | undefined {
  const empty = value === undefined || (isJsonArray(value) && value.length === 0)
  return empty ? without(object, name) : { ...object, [name]: value }
}
