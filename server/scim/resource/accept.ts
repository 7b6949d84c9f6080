// Accepts the body of a POST or PUT: what a client sent becomes a resource in canonical form.
import type { Attribute, ResourceType } from '../attribute.ts'
import { refusal } from '../error.ts'
import {
  isJsonObject,
  isRawArray,
  isRawObject,
  isUnassigned,
  sameJson,
  type Json,
  type RawObject,
  type Resource,
} from '../json.ts'
import { findAttribute, findContainer } from '../path/resolve.ts'
import { quoted } from '../text.ts'
import { intakeFor, invalid, refuseTwice, takeValue, type Intake, type Tolerance } from './intake.ts'
import { validate } from './validate.ts'

export interface Interaction extends Tolerance {
  readonly interaction: 'create' | 'replace'
  /** The stored resource; needed for 'replace', where `active` and immutable attributes stay when absent (U4, U6). */
  readonly current?: Resource
}

export interface Accepted {
  /** Without `schemas`, `id`, `meta`, and without `active` when a create does not mention it. */
  readonly resource: Resource
  /** Attributes and containers that no schema knows, as they were spelled (Q6). */
  readonly ignored: readonly string[]
}

interface Taking {
  readonly type: ResourceType
  readonly intake: Intake
  readonly current: Resource
}

/**
 * Checks a body against the schemas (RFC 7644 sections 3.3 and 3.5.1). Throws `invalidSyntax` for a wrong shape or
 * wrong `schemas`, `invalidValue` for values, `mutability` for a changed immutable attribute.
 */
export function accept(body: unknown, type: ResourceType, interaction: Interaction): Accepted {
  if (!isRawObject(body)) throw refusal('invalidSyntax', 'The body must be a JSON object.')
  const ignored: string[] = []
  const intake = intakeFor(interaction, ignored)
  const declared = declaredSchemas(body, type, intake)
  const current = interaction.interaction === 'replace' ? (interaction.current ?? {}) : {}
  const taking: Taking = { type, intake, current }
  const taken = new Map<string, Json>()
  const seen = new Set<string>()
  for (const [key, raw] of Object.entries(body)) {
    refuseTwice(seen, key)
    const container = findContainer(key, type)
    if (container?.key == null) takeTop(key, raw, { ...taking, taken })
    else takeExtension(raw, { ...taking, taken, id: container.key, declared: declared.has(container.key) })
  }
  keepUnmentioned(taken, taking)
  const resource = Object.fromEntries(taken)
  validate(resource, type)
  return { resource, ignored }
}

/** The canonical URNs of `schemas` (DM14, DM15). */
function declaredSchemas(body: RawObject, type: ResourceType, intake: Intake): ReadonlySet<string> {
  const key = Object.keys(body).find(name => name.toLowerCase() === 'schemas')
  const sent = key === undefined ? undefined : body[key]
  if (!isRawArray(sent) || sent.length === 0) {
    throw refusal('invalidSyntax', `"schemas" must list at least ${type.schema.id}.`)
  }
  const known = sent.map(each => {
    const container = typeof each === 'string' ? findContainer(each, type) : undefined
    if (container !== undefined) return container.schema.id
    throw refusal(
      'invalidSyntax',
      `"schemas" names ${quoted(nameOf(each))}, which ${type.name} does not have. Remove it.`,
    )
  })
  const declared = new Set(known)
  if (!declared.has(type.schema.id))
    throw refusal('invalidSyntax', `"schemas" must contain ${type.schema.id}.`)
  if (declared.size < known.length) {
    if (intake.strict) throw refusal('invalidSyntax', '"schemas" names a schema twice.')
    intake.tolerate('schema-named-twice')
  }
  return declared
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? value : 'something that is no text'
}

type Into = Taking & { readonly taken: Map<string, Json> }

function takeTop(key: string, raw: unknown, into: Into): void {
  const attribute = findAttribute(key, null, into.type)
  if (attribute === undefined) {
    into.intake.unknown(key)
    return
  }
  const value = takeWritable(
    { attribute, name: attribute.name, before: into.current[attribute.name] },
    raw,
    into.intake,
  )
  if (value !== undefined) into.taken.set(attribute.name, value)
}

interface Slot {
  readonly attribute: Attribute
  readonly name: string
  readonly before: Json | undefined
}

/** Undefined for read-only attributes (C2), and for secrets, which are checked and forgotten (DM27). */
function takeWritable(slot: Slot, raw: unknown, intake: Intake): Json | undefined {
  const { attribute, name, before } = slot
  if (attribute.mutability === 'readOnly') return undefined
  const value = takeValue({ attribute, name }, raw, intake)
  if (attribute.returned === 'never') {
    if (intake.strict) throw refusal('invalidSyntax', `${name} is not supported. Remove it.`)
    return undefined
  }
  const changed = before !== undefined && value !== undefined && !sameJson(before, value)
  if (attribute.mutability === 'immutable' && changed)
    throw refusal('mutability', `${name} cannot be changed.`)
  return value
}

/** An extension that `schemas` forgot is completed, except in strict mode (Q22). */
function takeExtension(raw: unknown, into: Into & { readonly id: string; readonly declared: boolean }): void {
  const { id, intake } = into
  if (isUnassigned(raw)) return
  if (!isRawObject(raw)) throw invalid(id, 'must be an object')
  if (intake.strict && !into.declared) {
    throw refusal('invalidSyntax', `"schemas" must contain ${id}, which the body uses.`)
  }
  const inside = takeInside(raw, id, into)
  if (inside.size > 0) into.taken.set(id, Object.fromEntries(inside))
}

function takeInside(raw: RawObject, id: string, { type, intake, current }: Into): ReadonlyMap<string, Json> {
  const before = current[id]
  const inside = new Map<string, Json>()
  const seen = new Set<string>()
  for (const [key, value] of Object.entries(raw)) {
    const attribute = findAttribute(key, id, type)
    const name = `${id}:${attribute?.name ?? key}`
    refuseTwice(seen, name)
    if (attribute === undefined) {
      intake.unknown(name)
      continue
    }
    const slot = { attribute, name, before: isJsonObject(before) ? before[attribute.name] : undefined }
    const part = takeWritable(slot, value, intake)
    if (part !== undefined) inside.set(attribute.name, part)
  }
  return inside
}

/** A PUT that leaves out `active` or an immutable attribute keeps it (U4, U6). */
function keepUnmentioned(taken: Map<string, Json>, { type, current }: Taking): void {
  for (const attribute of type.schema.attributes) {
    const before = current[attribute.name]
    const stays = attribute.lasting === true || attribute.mutability === 'immutable'
    if (stays && before !== undefined && !taken.has(attribute.name)) taken.set(attribute.name, before)
  }
}
