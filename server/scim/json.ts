// JSON as the engine sees it: read-only values, type guards and structural equality.

/** Any JSON value; never mutated by the engine. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** A JSON object. Absent keys read as `undefined`. */
export interface JsonObject {
  readonly [name: string]: Json
}

/**
 * A SCIM resource in canonical spelling: attributes of the base schema by name, each extension as an object under
 * its URN (RFC 7643 section 3). Unassigned attributes are absent: no nulls, no empty arrays or objects.
 */
export type Resource = JsonObject

/** What `JSON.parse` may have put into an object, before anything is known about it. */
export interface RawObject {
  readonly [name: string]: unknown
}

/** True for JSON objects, false for arrays, null and scalars. */
export function isRawObject(value: unknown): value is RawObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of a message by its name in any letter case (H2, OT6). */
export function member(object: RawObject, name: string): unknown {
  const exact = object[name]
  if (exact !== undefined) return exact
  const key = Object.keys(object).find(each => each.toLowerCase() === name.toLowerCase())
  return key === undefined ? undefined : object[key]
}

/** `Array.isArray` that does not turn unknown elements into `any`. */
export function isRawArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

/** True for a JSON object among typed JSON values. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isRawObject(value)
}

/** True for a JSON array among typed JSON values. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Structural equality; the order of keys carries no meaning (RFC 7643 section 2.3.8). */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (isJsonArray(left)) {
    return (
      isJsonArray(right) &&
      left.length === right.length &&
      left.every((item, at) => sameJson(item, right[at]))
    )
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false
  const names = Object.keys(left)
  return (
    names.length === Object.keys(right).length &&
    names.every(name => Object.hasOwn(right, name) && sameJson(left[name], right[name]))
  )
}

/** A value the engine treats as "unassigned" (RFC 7643 section 2.5; the empty text is our tolerance, C11). */
export function isUnassigned(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (isRawArray(value) && value.length === 0)
}
