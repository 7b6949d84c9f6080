// Splits one written PATCH operation into operations on single attributes (RFC 7644 sections 3.5.2.1 to 3.5.2.3).
import type { Schema } from '../attribute.ts'
import { refusal } from '../error.ts'
import { isRawObject, isUnassigned } from '../json.ts'
import { attributePath } from '../path/attribute-path.ts'
import { findAttribute, isNameForm } from '../path/resolve.ts'
import { refuseTwice } from '../resource/intake.ts'
import { attributeOperations } from './attribute-operations.ts'
import type { Change, Expanding, Written } from './change.ts'
import { elementsOperations } from './elements-operations.ts'
import type { PatchOperation } from './operation.ts'
import { parsePath, type PatchTarget } from './path.ts'

/** The operations one written operation stands for. */
export function expandOperation(written: Written, expanding: Expanding): readonly PatchOperation[] {
  const { verb, path, value } = written
  if (value === undefined && verb !== 'remove') throw refusal('invalidValue', `A "${verb}" needs a "value".`)
  if (path.trim() === '') return expandWithoutPath(written, expanding)
  const target = parsePath(path, expanding.type, expanding.intake)
  return expandTarget(target, { verb, value }, expanding)
}

function expandWithoutPath({ verb, value }: Written, expanding: Expanding): readonly PatchOperation[] {
  if (verb === 'remove') throw refusal('noTarget', 'A "remove" needs a "path".')
  if (expanding.intake.strict) throw refusal('invalidSyntax', 'Strict mode: each operation needs a "path".')
  return expandObject({ verb, value }, expanding)
}

/** Each key of the value is a path of its own (H40, H47). */
function expandObject({ verb, value }: Change, expanding: Expanding): readonly PatchOperation[] {
  if (!isRawObject(value)) throw refusal('invalidSyntax', 'Without a "path", "value" must be a JSON object.')
  const seen = new Set<string>()
  return Object.entries(value).flatMap(([key, part]) => {
    refuseTwice(seen, key)
    const target = keyTarget(key, expanding)
    return expandTarget(target, { verb, value: part }, { ...expanding, lenient: true })
  })
}

/** A key that is no path at all is just another unknown attribute. */
function keyTarget(key: string, { type, intake }: Expanding): PatchTarget {
  if (!key.includes('[') && !isNameForm(key)) return { kind: 'unknown', name: key }
  return parsePath(key, type, intake)
}

function expandTarget(target: PatchTarget, change: Change, expanding: Expanding): readonly PatchOperation[] {
  switch (target.kind) {
    case 'attribute':
      return attributeOperations(target.path, change, expanding)
    case 'elements':
      return elementsOperations(target, change, expanding)
    case 'container':
      return expandContainer(target.schema, change, expanding)
    case 'unknown':
      return ignoreUnknown(target.name, expanding)
  }
}

/** Unknown names are skipped and told (H13); strict mode refuses them as a path. */
function ignoreUnknown(name: string, { type, intake }: Expanding): readonly PatchOperation[] {
  if (intake.strict)
    throw refusal('invalidPath', `${JSON.stringify(name)} is not an attribute of ${type.name}.`)
  intake.unknown(name)
  return []
}

/** A bare schema URN stands for the attributes in it (G3); the base schema's is like no path. */
function expandContainer(schema: Schema, change: Change, expanding: Expanding): readonly PatchOperation[] {
  const { type, intake } = expanding
  if (schema === type.schema) return expandWithoutPath({ ...change, path: '' }, expanding)
  const { verb, value } = change
  if (verb === 'remove' || isUnassigned(value)) return removeContainer(schema, change, expanding)
  if (!isRawObject(value)) throw refusal('invalidValue', `${schema.id} must be an object.`)
  const seen = new Set<string>()
  return Object.entries(value).flatMap(([key, part]) => {
    const attribute = findAttribute(key, schema.id, type)
    const name = `${schema.id}:${attribute?.name ?? key}`
    refuseTwice(seen, name)
    if (attribute === undefined) intake.unknown(name)
    const path = attribute && attributePath(schema.id, attribute)
    return path ? attributeOperations(path, { verb, value: part }, { ...expanding, lenient: true }) : []
  })
}

function removeContainer(schema: Schema, { verb }: Change, expanding: Expanding): readonly PatchOperation[] {
  if (verb === 'add') return []
  return schema.attributes
    .filter(attribute => attribute.mutability === 'readWrite')
    .flatMap(attribute =>
      attributeOperations(
        attributePath(schema.id, attribute),
        { verb: 'remove', value: undefined },
        expanding,
      ),
    )
}
