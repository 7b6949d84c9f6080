// Turns what identity providers really send into the strict form, before anything is parsed.
import type { ResourceType } from '../attribute.ts'
import { isRawArray, isRawObject, type RawObject } from '../json.ts'
import { groupType } from '../schema/group-type.ts'
import { userType } from '../schema/user-type.ts'
import { deviationSentence } from './deviation.ts'
import { entra } from './entra.ts'
import { jumpcloud } from './jumpcloud.ts'
import { okta } from './okta.ts'
import { onelogin } from './onelogin.ts'
import type { Normalized, Quirk, Rule } from './quirk.ts'

const dialects = [entra, okta, onelogin, jumpcloud]
const operationRules = dialects.flatMap(each => each.operation)
const attributeRules = dialects.flatMap(each => each.attributes)
const bodyRules = dialects.flatMap(each => each.body)

/** Applies rules in turn and notes those that had something to do. */
function cure(
  object: RawObject,
  rules: readonly Rule[],
  found: { readonly type: ResourceType; readonly quirks: Map<string, Quirk> },
): RawObject {
  return rules.reduce((before, { id, cure: apply }) => {
    const after = apply(before, found.type)
    if (after !== before) found.quirks.set(id, { id, sentence: deviationSentence(id) })
    return after
  }, object)
}

/** The body of a POST or PUT of a user in strict form, and which quirks it had. */
export function normalizeUserBody(body: unknown): Normalized {
  return normalizeBody(body, userType)
}

/** The same for a group. */
export function normalizeGroupBody(body: unknown): Normalized {
  return normalizeBody(body, groupType)
}

/**
 * The body of a POST or PUT in strict form, and which quirks it had. Whatever is no JSON object comes back
 * as it is: refusing it is the parser's business.
 */
function normalizeBody(body: unknown, type: ResourceType): Normalized {
  if (!isRawObject(body)) return { body, quirks: [] }
  const quirks = new Map<string, Quirk>()
  const found = { type, quirks }
  const spelled = cure(body, attributeRules, found)
  return { body: cure(spelled, bodyRules, found), quirks: [...quirks.values()] }
}

/** The body of a PATCH in strict form, and which quirks it had. */
export function normalizePatchBody(body: unknown, type: ResourceType = userType): Normalized {
  if (!isRawObject(body)) return { body, quirks: [] }
  const key = Object.keys(body).find(name => name.toLowerCase() === 'operations')
  const operations = key === undefined ? undefined : body[key]
  if (key === undefined || !isRawArray(operations)) return { body, quirks: [] }
  const found = { type, quirks: new Map<string, Quirk>() }
  const cured = operations.map(each => (isRawObject(each) ? cureOperation(each, found) : each))
  const quirks = [...found.quirks.values()]
  return quirks.length === 0 ? { body, quirks } : { body: { ...body, [key]: cured }, quirks }
}

function cureOperation(
  operation: RawObject,
  found: { readonly type: ResourceType; readonly quirks: Map<string, Quirk> },
): RawObject {
  const spelled = cure(operation, operationRules, found)
  const { path, value } = spelled
  if (typeof path === 'string' && path.trim() !== '') return curePath(spelled, path.trim(), found)
  if (!isRawObject(value)) return spelled
  const next = cure(value, attributeRules, found)
  return next === value ? spelled : { ...spelled, value: next }
}

/** `path` and `value` are seen as an object with one key, so one rule serves both styles of PATCH. */
function curePath(
  operation: RawObject,
  path: string,
  found: { readonly type: ResourceType; readonly quirks: Map<string, Quirk> },
): RawObject {
  const before: RawObject = { [path]: operation['value'] }
  const after = cure(before, attributeRules, found)
  const [entry] = Object.entries(after)
  if (after === before || entry === undefined) return operation
  const [newPath, value] = entry
  return value === undefined ? { ...operation, path: newPath } : { ...operation, path: newPath, value }
}
