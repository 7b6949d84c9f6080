// Checks that a finished resource has everything its schemas require.
import type { Attribute, ResourceType } from '../attribute.ts'
import { refusal } from '../error.ts'
import { isJsonArray, isJsonObject, type Json, type JsonObject, type Resource } from '../json.ts'
import { invalid } from './intake.ts'

/** Throws `invalidValue` naming the first required attribute that is missing or blank (C3, U5, H14). */
export function validate(resource: Resource, type: ResourceType): void {
  requireAll(type.schema.attributes, resource, '')
  for (const { schema, required } of type.extensions) {
    const container = resource[schema.id]
    if (isJsonObject(container)) requireAll(schema.attributes, container, `${schema.id}:`)
    else if (required) throw refusal('invalidValue', `${schema.id} is required.`)
  }
}

/** Read-only attributes are ours to fill in, so their absence is no fault of the client. */
function requireAll(attributes: readonly Attribute[], holder: JsonObject, prefix: string): void {
  for (const attribute of attributes) {
    const value = holder[attribute.name]
    const name = `${prefix}${attribute.name}`
    if (attribute.required && attribute.mutability !== 'readOnly' && isBlank(value))
      throw invalid(name, 'is required')
    if (value !== undefined && attribute.subAttributes !== undefined) requireParts(attribute, value, name)
  }
}

function requireParts(attribute: Attribute, value: Json, name: string): void {
  for (const element of isJsonArray(value) ? value : [value]) {
    if (isJsonObject(element)) requireAll(attribute.subAttributes ?? [], element, `${name}.`)
  }
}

function isBlank(value: Json | undefined): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '')
}
