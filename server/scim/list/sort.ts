// Sorting: `sortBy` and `sortOrder` (RFC 7644 section 3.4.2.3).
import { subAttribute, type Attribute, type ResourceType } from '../attribute.ts'
import { refusal } from '../error.ts'
import { isJsonArray, isJsonObject, type Json, type Resource } from '../json.ts'
import { attributePath, type AttributePath } from '../path/attribute-path.ts'
import { resolveName } from '../path/resolve.ts'
import { foldCase, instantOf, quoted } from '../text.ts'

export interface Sort {
  /** Always ends at a simple value: `userName`, `name.familyName`, `emails.value`. */
  readonly path: AttributePath
  readonly order: 'ascending' | 'descending'
}

/**
 * The order asked for, or null when there is none; `sortOrder` alone means nothing (SO2). Unknown attributes, secrets
 * and complex attributes without a part are `invalidPath` (SO2, SO4), another word for the order `invalidValue`.
 */
export function parseSort(
  parameters: { readonly sortBy?: unknown; readonly sortOrder?: unknown },
  type: ResourceType,
): Sort | null {
  const name = typeof parameters.sortBy === 'string' ? parameters.sortBy.trim() : ''
  if (name === '') return null
  const found = resolveName(name, type, { anySchema: true })
  const path = found.kind === 'attribute' ? simple(found.path) : undefined
  if (path === undefined || path.attribute.returned === 'never') {
    throw refusal('invalidPath', `sortBy names ${quoted(name)}, which ${type.name} cannot be sorted by.`)
  }
  return { path, order: orderFrom(parameters.sortOrder) }
}

/** A list is sorted by the `value` of its elements; any other complex attribute needs a part. */
function simple(path: AttributePath): AttributePath | undefined {
  if (path.sub !== undefined || path.attribute.type !== 'complex') return path
  const value = path.attribute.multiValued ? subAttribute(path.attribute, 'value') : undefined
  return value && attributePath(path.schema, path.attribute, value)
}

function orderFrom(sent: unknown): Sort['order'] {
  if (sent === undefined || sent === null || sent === '') return 'ascending'
  const word = typeof sent === 'string' ? sent.trim().toLowerCase() : ''
  if (word === 'ascending' || word === 'descending') return word
  throw refusal('invalidValue', 'sortOrder must be "ascending" or "descending".')
}

/** Compares two resources in the order asked for; missing values come last ascending, first descending (SO3). */
export function compareBy({ path, order }: Sort): (left: Resource, right: Resource) => number {
  const direction = order === 'ascending' ? 1 : -1
  return (left, right) => direction * compareKeys(sortKey(left, path), sortKey(right, path))
}

type Key = string | number | undefined

function compareKeys(left: Key, right: Key): number {
  if (left === right) return 0
  if (left === undefined) return 1
  if (right === undefined) return -1
  return left < right ? -1 : 1
}

/** The primary value of a list, else its first (SO4), in the form its type is compared in (SO5). */
function sortKey(resource: Resource, { schema, attribute, sub }: AttributePath): Key {
  const holder: Json | undefined = schema === null ? resource : resource[schema]
  const whole = isJsonObject(holder) ? holder[attribute.name] : undefined
  const element = isJsonArray(whole) ? (whole.find(isPrimary) ?? whole[0]) : whole
  const value = sub !== undefined && isJsonObject(element) ? element[sub.name] : element
  return keyOf(value, sub ?? attribute)
}

function isPrimary(element: Json): boolean {
  return isJsonObject(element) && element['primary'] === true
}

function keyOf(value: Json | undefined, leaf: Attribute): Key {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return Number(value)
  if (typeof value !== 'string') return undefined
  if (leaf.type === 'dateTime') return instantOf(value) ?? undefined
  return leaf.caseExact ? value : foldCase(value)
}
