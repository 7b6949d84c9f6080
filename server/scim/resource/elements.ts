// The elements of lists: which are the same, which is primary, which say nothing (RFC 7643 section 2.4).
import { isJsonObject, sameJson, type Json, type JsonObject } from '../json.ts'

const labels: ReadonlySet<string> = new Set(['type', 'primary'])

/** An element of which nothing but its label is left; it disappears when its content was taken away (H31). */
export function isHollow(element: Json): boolean {
  return isJsonObject(element) && Object.keys(element).every(name => labels.has(name))
}

/**
 * Two elements with one identity are one element: the same type and value, or else the same content (DM11). The ids of a
 * group's many members are taken as they are.
 */
function identityOf(element: Json): string {
  if (!isJsonObject(element)) return JSON.stringify(element)
  const { type, value } = element
  if (typeof value === 'string' && (type ?? null) === null && isPlain(value)) return value
  if (value !== undefined) return JSON.stringify([type ?? null, value])
  return JSON.stringify(Object.entries(element).sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** As long as an id, and nothing that JSON could be at that length. */
function isPlain(value: string): boolean {
  return value.length === 36 && /^[0-9a-z]/i.test(value)
}

/**
 * Adds elements to a list: one that is already there takes over the newcomer's parts, a new primary unseats the old
 * one (H8, H23). The same list comes back when nothing changes.
 */
export function uniteLists(current: readonly Json[], additions: readonly Json[]): readonly Json[] {
  const list = [...current]
  const places = new Map<string, number>()
  list.forEach((element, at) => places.set(identityOf(element), at))
  const touched = new Set<number>()
  for (const addition of additions) {
    const identity = identityOf(addition)
    const place = places.get(identity) ?? list.length
    places.set(identity, place)
    list[place] = unite(list[place], addition)
    touched.add(place)
  }
  const settled = settlePrimary(list, touched)
  return sameJson(settled, current) ? current : settled
}

function unite(existing: Json | undefined, addition: Json): Json {
  return isJsonObject(existing) && isJsonObject(addition) ? { ...existing, ...addition } : addition
}

/** A list in which no element occurs twice and at most one is primary: the last that claims it. */
export function tidyList(elements: readonly Json[]): readonly Json[] {
  return uniteLists([], elements)
}

/** Leaves one primary: the last touched one that claims it, else the last (DM10, H8). Others are set to false. */
export function settlePrimary(list: readonly Json[], touched: ReadonlySet<number>): readonly Json[] {
  const claims = list.flatMap((element, at) => (claimsPrimary(element) ? [at] : []))
  if (claims.length < 2) return list
  const winner = claims.findLast(at => touched.has(at)) ?? claims.at(-1)
  return list.map((element, at) =>
    claimsPrimary(element) && at !== winner ? { ...element, primary: false } : element,
  )
}

function claimsPrimary(element: Json): element is JsonObject {
  return isJsonObject(element) && element['primary'] === true
}
