// Whether an attribute may be written or emptied by a PATCH.
import type { Attribute } from '../attribute.ts'
import { refusal } from '../error.ts'
import type { AttributePath } from '../path/attribute-path.ts'
import { schemasAttribute } from '../schema/every-resource.ts'
import type { Expanding } from './change.ts'

/**
 * True when the path may be written. False when it is to be skipped: read-only keys inside a value without path (H9),
 * `schemas`, which follows the data by itself (H7), and secrets. Otherwise throws `mutability`.
 */
export function isWritable(path: AttributePath, expanding: Expanding): boolean {
  const { attribute, sub } = path
  if (attribute === schemasAttribute) return false
  if (attribute.returned === 'never') {
    if (expanding.intake.strict) throw refusal('invalidSyntax', `${path.key} is not supported. Remove it.`)
    return false
  }
  const readOnly = attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly'
  if (!readOnly) return true
  if (expanding.lenient === true) return false
  throw refusal('mutability', `${path.key} is read-only.`)
}

/** Like `isWritable`, for taking a value away: required attributes and `active` cannot be emptied (H32, H35). */
export function isRemovable(path: AttributePath, expanding: Expanding): boolean {
  const leaf: Attribute = path.sub ?? path.attribute
  if (leaf.required) throw refusal('mutability', `${path.key} is required and cannot be removed.`)
  if (leaf.lasting !== true) return true
  if (expanding.lenient === true) return false
  throw refusal('mutability', `${path.key} cannot be removed. Send the value it shall have.`)
}
