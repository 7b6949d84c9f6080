// Decides whether a resource, or one element of a list, fulfils a filter.
import type { Attribute } from '../attribute.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject, type Resource } from '../json.ts'
import type { AttributePath } from '../path/attribute-path.ts'
import { foldCase, instantOf } from '../text.ts'
import type { Comparison, Filter, Literal } from './ast.ts'

type Read = (path: AttributePath) => readonly Json[]
type Compare = Extract<Filter, { kind: 'compare' }>

/** Whether the resource fulfils the filter (RFC 7644 section 3.4.2.2). `ne` is the exact opposite of `eq` (F11). */
export function matches(filter: Filter, resource: Resource): boolean {
  return evaluate(filter, path => valuesAt(resource, path))
}

/** Whether one element of a list fulfils the filter inside its brackets (F8). */
export function elementMatches(filter: Filter, element: Json): boolean {
  return evaluate(filter, path => (path.sub === undefined ? [element] : partOf(element, path.sub)))
}

function evaluate(filter: Filter, read: Read): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.every(term => evaluate(term, read))
    case 'or':
      return filter.terms.some(term => evaluate(term, read))
    case 'not':
      return !evaluate(filter.term, read)
    case 'present':
      return isPresent(filter.path, read)
    case 'elements':
      return read(filter.path).some(element => elementMatches(filter.filter, element))
    case 'compare':
      return compares(filter, read)
    case 'never':
      return false
  }
}

/** `primary` counts as false when absent, but is not present then (F9). */
function isPresent(path: AttributePath, read: Read): boolean {
  const { absentMeans: _assumed, ...leaf } = path.sub ?? path.attribute
  const exact = path.sub === undefined ? path : { ...path, sub: leaf }
  return read(exact).some(hasContent)
}

function hasContent(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasContent)
  if (isJsonObject(value)) return Object.values(value).some(hasContent)
  return value !== null && value !== ''
}

function compares(filter: Compare, read: Read): boolean {
  const { path, operator, value } = filter
  if (value === null) return isPresent(path, read) === (operator === 'ne')
  if (operator === 'ne') return !compares({ ...filter, operator: 'eq' }, read)
  const leaf = path.sub ?? path.attribute
  return read(path).some(actual => holds(ordered(leaf, actual), operator, ordered(leaf, value)))
}

/** A value in the form its type is compared in: folded text, milliseconds, or itself. */
function ordered(leaf: Attribute, value: Json): Literal {
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  if (leaf.type === 'dateTime') return instantOf(value)
  return leaf.caseExact ? value : foldCase(value)
}

const tests: Record<
  Comparison,
  (actual: string | number | boolean, value: string | number | boolean) => boolean
> = {
  eq: (actual, value) => actual === value,
  ne: (actual, value) => actual !== value,
  co: (actual, value) => String(actual).includes(String(value)),
  sw: (actual, value) => String(actual).startsWith(String(value)),
  ew: (actual, value) => String(actual).endsWith(String(value)),
  gt: (actual, value) => actual > value,
  ge: (actual, value) => actual >= value,
  lt: (actual, value) => actual < value,
  le: (actual, value) => actual <= value,
}

function holds(actual: Literal, operator: Comparison, value: Literal): boolean {
  if (actual === null || value === null || typeof actual !== typeof value) return false
  return tests[operator](actual, value)
}

/** All values at a path; elements of lists one by one. */
export function valuesAt(resource: Resource, path: AttributePath): readonly Json[] {
  const container: Json | undefined = path.schema === null ? resource : resource[path.schema]
  const value = isJsonObject(container) ? container[path.attribute.name] : undefined
  if (value === undefined) return []
  const elements = isJsonArray(value) ? value : [value]
  const { sub } = path
  return sub === undefined ? elements : elements.flatMap(element => partOf(element, sub))
}

function partOf(element: Json, sub: Attribute): readonly Json[] {
  const object: JsonObject = isJsonObject(element) ? element : {}
  const value = object[sub.name] ?? sub.absentMeans
  return value === undefined ? [] : [value]
}
