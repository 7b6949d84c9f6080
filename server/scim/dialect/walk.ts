// Walks the attributes of a body by the schema, so that a quirk's cure is one small function.
import type { Attribute, ResourceType, Schema } from '../attribute.ts'
import { isRawArray, isRawObject, type RawObject } from '../json.ts'
import { findAttribute, findContainer, findSubAttribute, resolveName } from '../path/resolve.ts'

/** Where a value was found. */
export interface Slot {
  readonly attribute: Attribute
  /** Whether the whole list is meant, not one of its elements. */
  readonly list: boolean
}

/** Turns one value into another; returns the same value to leave it alone. */
export type Change = (value: unknown, slot: Slot) => unknown

/** Applies a change to each known attribute value, outside in. The same object comes back when nothing changed. */
export function mapValues(object: RawObject, type: ResourceType, change: Change): RawObject {
  return mapEach(object, (key, value) => {
    const place = placeOf(key, type)
    if (place === undefined) return value
    return 'schema' in place
      ? mapContainer(place.schema, value, { type, change })
      : mapAt(place.slot, value, change)
  })
}

/** Renames keys; a key that would collide stays. The same object comes back when nothing changed. */
export function mapKeys(object: RawObject, rename: (key: string) => string): RawObject {
  const free = (key: string): string => (Object.hasOwn(object, rename(key)) ? key : rename(key))
  if (Object.keys(object).every(key => free(key) === key)) return object
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [free(key), value]))
}

/** An object without some keys; the same object when it has none of them. */
export function withoutKeys(object: RawObject, gone: (key: string, value: unknown) => boolean): RawObject {
  if (!Object.keys(object).some(key => gone(key, object[key]))) return object
  return Object.fromEntries(Object.entries(object).filter(([key, value]) => !gone(key, value)))
}

/** Copies only when a value differs, because most bodies have few quirks and every rule looks at every key. */
function mapEach(object: RawObject, map: (key: string, value: unknown) => unknown): RawObject {
  const changed = new Map<string, unknown>()
  for (const key of Object.keys(object)) {
    const next = map(key, object[key])
    if (next !== object[key]) changed.set(key, next)
  }
  return changed.size === 0 ? object : { ...object, ...Object.fromEntries(changed) }
}

type Place = { readonly slot: Slot } | { readonly schema: Schema }

/** What a key means; a value filter in brackets is skipped over. */
function placeOf(key: string, type: ResourceType): Place | undefined {
  const plain = findAttribute(key, null, type)
  if (plain !== undefined) return { slot: { attribute: plain, list: plain.multiValued } }
  const open = key.indexOf('[')
  const close = key.lastIndexOf(']')
  const filtered = open >= 0 && close > open
  const found = resolveName(filtered ? key.slice(0, open) + key.slice(close + 1) : key, type)
  if (found.kind === 'unknown') return undefined
  if (found.kind === 'container') return { schema: found.schema }
  const { attribute, sub } = found.path
  return {
    slot: { attribute: sub ?? attribute, list: !filtered && sub === undefined && attribute.multiValued },
  }
}

interface Walking {
  readonly type: ResourceType
  readonly change: Change
}

function mapContainer(schema: Schema, value: unknown, { type, change }: Walking): unknown {
  if (!isRawObject(value)) return value
  const container = findContainer(schema.id, type)?.key ?? null
  return mapEach(value, (key, inner) => {
    const attribute = findAttribute(key, container, type)
    return attribute ? mapAt({ attribute, list: attribute.multiValued }, inner, change) : inner
  })
}

function mapAt(slot: Slot, value: unknown, change: Change): unknown {
  const next = change(value, slot)
  if (isRawArray(next)) return slot.list ? mapElements(slot, next, change) : next
  if (!isRawObject(next)) return next
  return mapEach(next, (key, part) => {
    const sub = findSubAttribute(slot.attribute, key)
    return sub ? mapAt({ attribute: sub, list: sub.multiValued }, part, change) : part
  })
}

function mapElements(slot: Slot, list: readonly unknown[], change: Change): readonly unknown[] {
  const next = list.map(element => mapAt({ ...slot, list: false }, element, change))
  return next.every((element, at) => element === list[at]) ? list : next
}
