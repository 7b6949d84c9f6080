// PATCH operations on a whole attribute or on a part of a singular one.
import { refusal } from '../error.ts'
import { isRawArray, isRawObject, isUnassigned } from '../json.ts'
import { attributePath, type AttributePath } from '../path/attribute-path.ts'
import { findSubAttribute } from '../path/resolve.ts'
import { invalid, takeList, takeOne } from '../resource/intake.ts'
import { everyElement } from './elements-operations.ts'
import type { Change, Expanding } from './change.ts'
import type { PatchOperation } from './operation.ts'
import { isRemovable, isWritable } from './permission.ts'

/** The operations for `attr` or `attr.sub`. */
export function attributeOperations(
  path: AttributePath,
  change: Change,
  expanding: Expanding,
): readonly PatchOperation[] {
  const { attribute, sub } = path
  if (attribute.multiValued && sub !== undefined) return everyElement(path, change, expanding)
  if (!isWritable(path, expanding)) return checkedAndForgotten(path, change, expanding)
  if (change.verb === 'remove') return removal(path, change, expanding)
  if (attribute.multiValued) return listChange(path, change, expanding)
  if (attribute.type === 'complex' && sub === undefined) return splitComplex(path, change, expanding)
  return singleChange(path, change, expanding)
}

/** A password is still checked for its type (DM27). */
function checkedAndForgotten(
  { attribute, key }: AttributePath,
  change: Change,
  { intake }: Expanding,
): readonly PatchOperation[] {
  if (attribute.returned === 'never' && !isUnassigned(change.value)) {
    takeOne({ attribute, name: key }, change.value, intake)
  }
  return []
}

function singleChange(
  path: AttributePath,
  { verb, value }: Change,
  expanding: Expanding,
): readonly PatchOperation[] {
  const leaf = path.sub ?? path.attribute
  if (isUnassigned(value)) return emptied(path, expanding)
  const taken = takeOne({ attribute: leaf, name: path.key }, value, expanding.intake)
  return taken === undefined ? [] : [{ op: verb === 'add' ? 'add' : 'replace', path, value: taken }]
}

/** null, "" and [] unassign optional attributes (H41); a required one needs a value (H14). */
function emptied(path: AttributePath, expanding: Expanding): readonly PatchOperation[] {
  if ((path.sub ?? path.attribute).required) throw invalid(path.key, 'is required')
  return isRemovable(path, expanding) ? [{ op: 'remove', path }] : []
}

/** The given parts are written, the others stay (RFC 7644 section 3.5.2.3); strict mode replaces the whole (I9). */
function splitComplex(path: AttributePath, change: Change, expanding: Expanding): readonly PatchOperation[] {
  const { verb, value } = change
  if (isUnassigned(value)) return emptied(path, expanding)
  if (!isRawObject(value)) throw invalid(path.key, 'must be an object with parts')
  const seen = new Set<string>()
  const parts = Object.entries(value).flatMap(([key, part]) => {
    const name = key.toLowerCase()
    if (seen.has(name)) throw refusal('invalidSyntax', `${path.key}.${key} is given twice.`)
    seen.add(name)
    const sub = findSubAttribute(path.attribute, key)
    if (sub === undefined) expanding.intake.unknown(`${path.key}.${key}`)
    const target = sub && attributePath(path.schema, path.attribute, sub)
    return target ? attributeOperations(target, { verb, value: part }, { ...expanding, lenient: true }) : []
  })
  return expanding.intake.strict && verb === 'replace' ? [{ op: 'remove', path }, ...parts] : parts
}

function listChange(
  path: AttributePath,
  { verb, value }: Change,
  expanding: Expanding,
): readonly PatchOperation[] {
  const raw = isUnassigned(value) ? [] : isRawArray(value) ? value : [value]
  const list = takeList({ attribute: path.attribute, name: path.key }, raw, expanding.intake)
  if (list !== undefined) return [{ op: verb === 'add' ? 'add' : 'replace', path, value: list }]
  return verb === 'add' ? [] : emptied(path, expanding)
}

/** With a value list, only those elements go (Q13); without, everything does (H31). */
function removal(path: AttributePath, { value }: Change, expanding: Expanding): readonly PatchOperation[] {
  const { intake } = expanding
  const listed = path.attribute.multiValued && value !== undefined && value !== null
  if (listed && intake.strict) throw refusal('invalidSyntax', 'Strict mode: a "remove" takes no "value".')
  if (!listed) return isRemovable(path, expanding) ? [{ op: 'remove', path }] : []
  intake.tolerate('remove-with-value', path.key)
  const raw = isRawArray(value) ? value : [value]
  const elements = takeList({ attribute: path.attribute, name: path.key }, raw, intake)
  return elements === undefined ? [] : [{ op: 'removeListed', path, listed: elements }]
}
