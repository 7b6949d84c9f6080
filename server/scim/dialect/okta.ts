// What Okta sends: passwords nobody asked for, extensions that `schemas` forgets, attributes mapped without namespace.
import { isRawArray, isRawObject } from '../json.ts'
import { findAttribute, findContainer } from '../path/resolve.ts'
import type { Dialect, Rule } from './quirk.ts'
import { withoutKeys } from './walk.ts'

const passwordSent: Rule = {
  id: 'password-sent',
  cure: (object, type) =>
    withoutKeys(object, (key, value) => {
      const isSecret = findAttribute(key, null, type)?.returned === 'never'
      return isSecret && typeof value === 'string' && value.length <= 2_048
    }),
}

const groupWithoutNamespace: Rule = {
  id: 'group-without-namespace',
  cure: (object, type) =>
    withoutKeys(object, key => key.toLowerCase() === 'group' && findAttribute(key, null, type) === undefined),
}

const extensionNotDeclared: Rule = {
  id: 'extension-not-declared',
  cure: (body, type) => {
    const schemasKey = Object.keys(body).find(name => name.toLowerCase() === 'schemas')
    const schemas = schemasKey === undefined ? undefined : body[schemasKey]
    if (schemasKey === undefined || !isRawArray(schemas)) return body
    const declared = new Set(schemas.map(each => (typeof each === 'string' ? each.toLowerCase() : '')))
    const missing = Object.entries(body).flatMap(([key, value]) => {
      const used = isRawObject(value) ? findContainer(key, type)?.key : undefined
      return used != null && !declared.has(used.toLowerCase()) ? [used] : []
    })
    return missing.length === 0 ? body : { ...body, [schemasKey]: [...schemas, ...missing] }
  },
}

export const okta: Dialect = {
  operation: [],
  attributes: [passwordSent, groupWithoutNamespace],
  body: [extensionNotDeclared],
}
