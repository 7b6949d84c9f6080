// PATCH operations on the elements of a list that a value filter picks.
import { refusal } from '../error.ts'
import type { Filter } from '../filter/ast.ts'
import { isRawArray, isUnassigned, type Json, type JsonObject } from '../json.ts'
import type { AttributePath } from '../path/attribute-path.ts'
import { invalid, takeComplex, takeOne } from '../resource/intake.ts'
import type { Change, Expanding } from './change.ts'
import type { PatchOperation } from './operation.ts'
import { isRemovable, isWritable } from './permission.ts'
import { seedFrom } from './seed.ts'

interface Picked {
  readonly path: AttributePath
  readonly filter: Filter | null
}

/** The operations for `attr[filter]` and `attr[filter].sub` (H24, H31, H44, H45). */
export function elementsOperations(
  picked: Picked,
  change: Change,
  expanding: Expanding,
): readonly PatchOperation[] {
  const { path, filter } = picked
  if (!isWritable(path, expanding)) return []
  if (change.verb === 'remove') return removal(picked, expanding)
  const value = takenValue(path, change.value, expanding)
  if (value === undefined) return removal(picked, expanding)
  const op = change.verb === 'add' ? 'addToElements' : 'replaceElements'
  const { strict, tolerate } = expanding.intake
  return [{ op, path, filter, value, seed: seedFor(picked, expanding), single: strict, tolerate }]
}

/** `emails.value` without brackets means that part of every element. */
export function everyElement(
  path: AttributePath,
  change: Change,
  expanding: Expanding,
): readonly PatchOperation[] {
  return elementsOperations({ path, filter: null }, change, expanding)
}

function seedFor({ path, filter }: Picked, { intake }: Expanding): JsonObject | null {
  if (filter === null) return {}
  return intake.strict ? null : seedFrom(filter, path.sub?.name)
}

function removal({ path, filter }: Picked, expanding: Expanding): readonly PatchOperation[] {
  if (path.sub !== undefined && !isRemovable(path, expanding)) return []
  return [{ op: 'removeElements', path, filter, single: expanding.intake.strict }]
}

/** The checked value; undefined when it unassigns. One element may come wrapped in an array. */
function takenValue(path: AttributePath, raw: unknown, { intake }: Expanding): Json | undefined {
  const value = isRawArray(raw) && raw.length === 1 && path.sub === undefined ? raw[0] : raw
  if (isUnassigned(value)) return undefined
  if (path.sub !== undefined) return takeOne({ attribute: path.sub, name: path.key }, value, intake)
  if (intake.strict) {
    throw refusal('invalidPath', `Strict mode: name the part of ${path.key}[...] that shall change.`)
  }
  const taken = takeComplex({ attribute: path.attribute, name: path.key }, value, intake)
  if (taken === undefined) throw invalid(path.key, 'has nothing to write in its value')
  return taken
}
