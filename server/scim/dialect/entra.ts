// What Microsoft Entra ID sends: capital letters, booleans as text, old path forms, references as text.
import { subAttribute, type ResourceType } from '../attribute.ts'
import { isRawArray, isRawObject } from '../json.ts'
import { findAttribute } from '../path/resolve.ts'
import { urn } from '../urn.ts'
import type { Dialect, Rule } from './quirk.ts'
import { mapKeys, mapValues, type Slot } from './walk.ts'

const capitalisedOp: Rule = {
  id: 'capitalised-op',
  cure: operation => {
    const key = Object.keys(operation).find(name => name.toLowerCase() === 'op')
    const op = key === undefined ? undefined : operation[key]
    if (key === undefined || typeof op !== 'string' || op === op.toLowerCase()) return operation
    return { ...operation, [key]: op.toLowerCase() }
  },
}

const misspelt = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'

/** Entra's documentation once missed the colon before `User` (EN13). */
function respell(text: string): string {
  return text.toLowerCase().startsWith(misspelt.toLowerCase())
    ? urn.enterpriseUser + text.slice(misspelt.length)
    : text
}

const misspeltEnterpriseUrn: Rule = {
  id: 'misspelt-enterprise-urn',
  cure: object => mapKeys(object, respell),
}

const dottedExtensionPath: Rule = {
  id: 'dotted-extension-path',
  cure: (object, type) => mapKeys(object, key => undotted(key, type)),
}

function undotted(key: string, type: ResourceType): string {
  if (!key.includes(':')) return key
  const lower = key.toLowerCase()
  const found = type.extensions.find(({ schema }) => lower.startsWith(`${schema.id.toLowerCase()}.`))
  return found === undefined ? key : `${found.schema.id}:${key.slice(found.schema.id.length + 1)}`
}

const enterpriseWithoutUrn: Rule = {
  id: 'enterprise-attribute-without-urn',
  cure: (object, type) =>
    mapKeys(object, key => (isBareEnterprise(key, type) ? `${urn.enterpriseUser}:${key}` : key)),
}

function isBareEnterprise(key: string, type: ResourceType): boolean {
  const name = key.split('.', 1)[0] ?? ''
  return (
    findAttribute(name, null, type) === undefined &&
    findAttribute(name, urn.enterpriseUser, type) !== undefined
  )
}

const foreignSchema: Rule = {
  id: 'foreign-schema',
  cure: body => {
    const key = Object.keys(body).find(name => name.toLowerCase() === 'schemas')
    const schemas = key === undefined ? undefined : body[key]
    if (key === undefined || !isRawArray(schemas)) return body
    const kept = schemas
      .filter(each => !isMicrosoft(each))
      .map(each => (typeof each === 'string' ? respell(each) : each))
    const same = kept.length === schemas.length && kept.every((each, at) => each === schemas[at])
    return same ? body : { ...body, [key]: kept }
  },
}

function isMicrosoft(each: unknown): boolean {
  return typeof each === 'string' && each.startsWith('http://schemas.microsoft.com/')
}

const listForSingle: Rule = {
  id: 'list-for-single-value',
  cure: (object, type) => mapValues(object, type, unwrapped),
}

/** `["x"]` and `[{"$ref":null,"value":"x"}]` stand for x (EN28, G8). */
function unwrapped(value: unknown, { attribute, list }: Slot): unknown {
  if (list || !isRawArray(value) || value.length !== 1) return value
  const [only] = value
  return attribute.type !== 'complex' && isRawObject(only) && 'value' in only ? only['value'] : only
}

const referenceAsText: Rule = {
  id: 'manager-as-text',
  cure: (object, type) => mapValues(object, type, referenced),
}

function referenced(value: unknown, { attribute, list }: Slot): unknown {
  const isReference = !attribute.multiValued && subAttribute(attribute, 'value') !== undefined
  return !list && isReference && typeof value === 'string' && value !== '' ? { value } : value
}

const booleanAsText: Rule = {
  id: 'boolean-as-text',
  cure: (object, type) => mapValues(object, type, asBoolean),
}

function asBoolean(value: unknown, { attribute }: Slot): unknown {
  if (attribute.type !== 'boolean' || typeof value !== 'string') return value
  const word = value.toLowerCase()
  return word === 'true' || word === 'false' ? word === 'true' : value
}

export const entra: Dialect = {
  operation: [capitalisedOp],
  attributes: [
    misspeltEnterpriseUrn,
    dottedExtensionPath,
    enterpriseWithoutUrn,
    listForSingle,
    referenceAsText,
    booleanAsText,
  ],
  body: [foreignSchema],
}
