// Takes single values from the outside: checks them against their attribute and spells their parts canonically.
import type { Attribute } from '../attribute.ts'
import { tolerateAll, type Tolerate } from '../dialect/deviation.ts'
import { refusal, type ScimError } from '../error.ts'
import { isRawArray, isRawObject, isUnassigned, type Json, type JsonObject } from '../json.ts'
import { findSubAttribute } from '../path/resolve.ts'
import { instantOf, isStorable, quoted } from '../text.ts'
import { isHollow, tidyList } from './elements.ts'

/** How a body is taken in; `unknown` hears of names that no schema has. */
export interface Intake {
  readonly strict: boolean
  /** Ignores the name (tolerant) or throws `invalidSyntax` (strict) (Q6). */
  readonly unknown: (name: string) => void
  readonly tolerate: Tolerate
}

/** How tolerant a body is read. */
export interface Tolerance {
  /** Refuse what the interoperability profile forbids: no path, unknown attributes, several matches. */
  readonly strict?: boolean
  /** Hears of each departure from the RFC that is understood all the same; not called in strict mode. */
  readonly tolerate?: Tolerate
}

/** An attribute and the name by which messages call it. */
export interface Named {
  readonly attribute: Attribute
  readonly name: string
}

/** Most elements one list may have, unless its attribute says otherwise. */
export const elementLimit = 1_000

/** More ignored names than these are not worth telling. */
const ignoredLimit = 100

/** An intake that collects unknown names, or refuses them in strict mode. */
export function intakeFor({ strict = false, tolerate = tolerateAll }: Tolerance, ignored: string[]): Intake {
  const unknown = (name: string): void => {
    if (strict) throw refusal('invalidSyntax', `${quoted(name)} is in no schema of this service. Remove it.`)
    if (ignored.length < ignoredLimit) ignored.push(name)
  }
  return { strict, unknown, tolerate }
}

export function invalid(name: string, reason: string): ScimError {
  return refusal('invalidValue', `${name} ${reason}.`)
}

/** The checked value of an attribute, or undefined for everything that means "unassigned" (DM13, C11). */
export function takeValue(target: Named, raw: unknown, intake: Intake): Json | undefined {
  if (isUnassigned(raw)) return undefined
  if (!target.attribute.multiValued) return takeOne(target, raw, intake)
  if (!isRawArray(raw)) throw invalid(target.name, 'must be a list')
  return takeList(target, raw, intake)
}

/** The checked elements of a list, tidied (DM10, DM11); undefined when none is left. */
export function takeList(
  target: Named,
  raw: readonly unknown[],
  intake: Intake,
): readonly Json[] | undefined {
  const most = target.attribute.maxElements ?? elementLimit
  if (raw.length > most) throw invalid(target.name, `has more than ${most} elements`)
  const elements = raw.flatMap(each => {
    const element = isUnassigned(each) ? undefined : takeOne(target, each, intake)
    return element === undefined ? [] : [element]
  })
  if (elements.filter(isPrimary).length > 1) {
    if (intake.strict) throw invalid(target.name, 'has two primary elements')
    intake.tolerate('two-primaries', target.name)
  }
  return elements.length === 0 ? undefined : tidyList(elements)
}

function isPrimary(element: Json): boolean {
  return isRawObject(element) && element['primary'] === true
}

/** One value or one element of a list; undefined when nothing of it is assigned. */
export function takeOne(target: Named, raw: unknown, intake: Intake): Json | undefined {
  return target.attribute.type === 'complex'
    ? takeComplex(target, raw, intake)
    : takeScalar(target, raw, intake)
}

/** The parts of a complex value; read-only parts are skipped (C2), unknown ones told to the intake. */
export function takeComplex(target: Named, raw: unknown, intake: Intake): JsonObject | undefined {
  if (!isRawObject(raw)) throw invalid(target.name, 'must be an object with parts')
  const parts = new Map<string, Json>()
  const seen = new Set<string>()
  let emptied = false
  for (const [key, value] of Object.entries(raw)) {
    const part = partFor(target, key, intake)
    refuseTwice(seen, part?.name ?? key)
    if (part === undefined) continue
    const taken = takeValue(part, value, intake)
    if (taken === undefined) emptied = true
    else parts.set(part.attribute.name, taken)
  }
  const complex = Object.fromEntries(parts)
  return parts.size === 0 || (emptied && isHollow(complex)) ? undefined : complex
}

/** The writable part a key means, if any. */
function partFor(target: Named, key: string, intake: Intake): Named | undefined {
  const attribute = findSubAttribute(target.attribute, key)
  const name = `${target.name}.${attribute?.name ?? key}`
  if (attribute === undefined) intake.unknown(name)
  return attribute === undefined || attribute.mutability === 'readOnly' ? undefined : { attribute, name }
}

/** The same name in two letter cases has no meaning. */
export function refuseTwice(seen: Set<string>, name: string): void {
  const folded = name.toLowerCase()
  if (seen.has(folded)) throw refusal('invalidSyntax', `${quoted(name)} is given twice.`)
  seen.add(folded)
}

function takeScalar({ attribute, name }: Named, raw: unknown, intake: Intake): Json {
  switch (attribute.type) {
    case 'boolean':
      if (typeof raw === 'boolean') return raw
      throw invalid(name, 'must be true or false')
    case 'integer':
      if (Number.isSafeInteger(raw)) return Number(raw)
      throw invalid(name, 'must be a whole number')
    case 'decimal':
      if (typeof raw === 'number' && Number.isFinite(raw)) return raw
      throw invalid(name, 'must be a number')
    default:
      return takeText({ attribute, name }, raw, intake)
  }
}

const base64 = /^[A-Za-z0-9+/_\-=\s]*$/

/** Texts are kept as they are (DM35), within the documented limits (DM37). */
function takeText({ attribute, name }: Named, raw: unknown, intake: Intake): string {
  if (typeof raw !== 'string') throw invalid(name, 'must be a text')
  if (raw.length > attribute.maxLength)
    throw invalid(name, `is longer than ${attribute.maxLength} characters`)
  if (!isStorable(raw)) throw invalid(name, 'contains NUL or half a character')
  if (attribute.type === 'dateTime' && instantOf(raw) === null) throw invalid(name, 'must be a date and time')
  if (attribute.type === 'binary' && !base64.test(raw)) throw invalid(name, 'must be base64 text')
  if (intake.strict) refuseForeignValue(attribute, name, raw)
  return raw
}

/** Canonical values are suggestions, and binding only in strict mode (D24). */
function refuseForeignValue(attribute: Attribute, name: string, text: string): void {
  const canonical = attribute.canonicalValues
  if (canonical === undefined || canonical.some(each => each.toLowerCase() === text.toLowerCase())) return
  throw invalid(name, `must be one of ${canonical.join(', ')}`)
}
