// Shows a resource as a client may see it: the right attributes, in the schema's order (RFC 7644 section 3.9).
import type { Attribute, ResourceType } from '../attribute.ts'
import {
  isJsonArray,
  isJsonObject,
  isUnassigned,
  type Json,
  type JsonObject,
  type Resource,
} from '../json.ts'
import { metaAttribute } from '../schema/every-resource.ts'
import type { Selection } from './selection.ts'

/** What decides about one attribute. */
interface View {
  readonly selection: Selection
  /** The container was selected as a whole (`attributes=urn:...:User`). */
  readonly whole: boolean
}

/**
 * The representation of a resource (the stored one plus `id`, `meta`, `groups` as far as known): `schemas`, `id`,
 * `externalId`, then the schema's order, extensions, `meta`. `schemas` names the extensions that have data (DM16);
 * `returned: never` stays out, `always` stays in, `request` comes when named (A3 to A5).
 */
export function present(resource: Resource, type: ResourceType, selection: Selection): Resource {
  const used = type.extensions.map(({ schema }) => schema).filter(({ id }) => hasData(resource[id]))
  const view: View = { selection, whole: false }
  const shown = new Map<string, Json>([['schemas', [type.schema.id, ...used.map(({ id }) => id)]]])
  for (const attribute of type.schema.attributes) show(attribute, attribute.name, { resource, view, shown })
  for (const { id, attributes } of used) {
    if (selection.kind === 'except' && selection.keys.has(id)) continue
    const whole = selection.kind === 'only' && selection.keys.has(id)
    const inside = new Map<string, Json>()
    const from = { resource: objectAt(resource, id), view: { selection, whole }, shown: inside }
    for (const attribute of attributes) show(attribute, `${id}:${attribute.name}`, from)
    if (inside.size > 0) shown.set(id, Object.fromEntries(inside))
  }
  show(metaAttribute, 'meta', { resource, view, shown })
  return Object.fromEntries(shown)
}

function hasData(container: Json | undefined): boolean {
  return isJsonObject(container) && Object.keys(container).length > 0
}

function objectAt(resource: Resource, name: string): JsonObject {
  const value = resource[name]
  return isJsonObject(value) ? value : {}
}

interface Showing {
  readonly resource: JsonObject
  readonly view: View
  readonly shown: Map<string, Json>
}

function show(attribute: Attribute, key: string, { resource, view, shown }: Showing): void {
  const value = resource[attribute.name]
  if (value === undefined || isUnassigned(value)) return
  const picked = pick(attribute, key, view)
  if (picked === 'none') return
  const visible =
    picked === 'whole' && attribute.subAttributes === undefined
      ? value
      : parts(value, { attribute, key, view, picked })
  if (visible !== undefined) shown.set(attribute.name, visible)
}

type Picked = 'whole' | 'parts' | 'none'

/** Whether an attribute is shown whole, only in its named parts, or not at all. */
function pick(attribute: Attribute, key: string, { selection, whole }: View): Picked {
  if (attribute.returned === 'never') return 'none'
  if (attribute.returned === 'always' || whole) return 'whole'
  if (selection.kind === 'only') return pickNamed(attribute, key, selection.keys)
  if (attribute.returned === 'request') return 'none'
  return selection.kind === 'except' && selection.keys.has(key) ? 'none' : 'whole'
}

function pickNamed(attribute: Attribute, key: string, keys: ReadonlySet<string>): Picked {
  if (keys.has(key)) return 'whole'
  return attribute.subAttributes?.some(sub => keys.has(`${key}.${sub.name}`)) === true ? 'parts' : 'none'
}

interface Parts {
  readonly attribute: Attribute
  readonly key: string
  readonly view: View
  readonly picked: Picked
}

/** The visible parts of a complex value, or of each element of a list (A11); undefined when none is left. */
function parts(value: Json, showing: Parts): Json | undefined {
  if (isJsonArray(value)) {
    const elements = value.flatMap(element => parts(element, showing) ?? [])
    return elements.length === 0 ? undefined : elements
  }
  if (!isJsonObject(value)) return value
  const names = (showing.attribute.subAttributes ?? [])
    .filter(sub => isPartShown(sub, showing))
    .map(sub => sub.name)
  const visible = names.flatMap(name =>
    isUnassigned(value[name]) ? [] : [[name, value[name] ?? null] as const],
  )
  return visible.length === 0 ? undefined : Object.fromEntries(visible)
}

function isPartShown(sub: Attribute, { key, view, picked }: Parts): boolean {
  if (sub.returned === 'never') return false
  const named = view.selection.kind !== 'default' && view.selection.keys.has(`${key}.${sub.name}`)
  if (sub.returned === 'always') return true
  if (picked === 'parts') return named
  if (sub.returned === 'request') return false
  return !(view.selection.kind === 'except' && named)
}
