// What OneLogin's admin-edited templates produce: objects for lists, flat extension keys, another shape of manager.
import { subAttribute } from '../attribute.ts'
import { isRawObject, type RawObject } from '../json.ts'
import { findContainer, resolveName } from '../path/resolve.ts'
import type { Dialect, Rule } from './quirk.ts'
import { mapValues, type Slot } from './walk.ts'

const emailsAsObject: Rule = {
  id: 'emails-as-object',
  cure: (object, type) =>
    mapValues(object, type, (value, { list }) => (list && isRawObject(value) ? [value] : value)),
}

const textAsElement: Rule = {
  id: 'text-as-element',
  cure: (object, type) => mapValues(object, type, asElement),
}

function asElement(value: unknown, { attribute, list }: Slot): unknown {
  const takesText = attribute.multiValued && subAttribute(attribute, 'value') !== undefined
  if (!takesText || typeof value !== 'string' || value === '') return value
  return list ? [{ value }] : { value }
}

const managerTemplate: Rule = {
  id: 'manager-template',
  cure: (object, type) => mapValues(object, type, asManager),
}

function asManager(value: unknown, { attribute }: Slot): unknown {
  if (attribute.name !== 'manager' || !isRawObject(value) || 'value' in value || !('managerId' in value))
    return value
  const { managerId, ...rest } = value
  return { ...rest, value: managerId }
}

const flatExtensionKey: Rule = {
  id: 'flat-extension-key',
  cure: (body, type) => {
    const flat = Object.keys(body).flatMap(key => {
      const found = resolveName(key, type)
      const schema = found.kind === 'attribute' && found.path.sub === undefined ? found.path.schema : null
      return schema === null || found.kind !== 'attribute'
        ? []
        : [{ key, schema, name: found.path.attribute.name }]
    })
    return flat.reduce<RawObject>(
      (folded, entry) => fold(folded, entry, key => findContainer(key, type)?.key),
      body,
    )
  },
}

interface Flat {
  readonly key: string
  readonly schema: string
  readonly name: string
}

/** Moves one flat key into its container; what the container says itself wins. */
function fold(
  body: RawObject,
  { key, schema, name }: Flat,
  urnOf: (key: string) => string | null | undefined,
): RawObject {
  const { [key]: value, ...rest } = body
  const home = Object.keys(rest).find(each => urnOf(each) === schema) ?? schema
  const container = rest[home]
  const inside = isRawObject(container) ? container : {}
  return { ...rest, [home]: { [name]: value, ...inside } }
}

export const onelogin: Dialect = {
  operation: [],
  attributes: [managerTemplate, textAsElement],
  body: [flatExtensionKey, emailsAsObject],
}
