// What JumpCloud sends: groups that do not say which schema they follow.
import { isRawArray } from '../json.ts'
import { urn } from '../urn.ts'
import type { Dialect, Rule } from './quirk.ts'

/** Only for groups, which have one schema: of a person without `schemas` nobody could tell the extensions. */
const groupWithoutSchemas: Rule = {
  id: 'group-without-schemas',
  cure: (body, type) => {
    if (type.schema.id !== urn.group) return body
    const key = Object.keys(body).find(name => name.toLowerCase() === 'schemas')
    const sent = key === undefined ? undefined : body[key]
    const named = sent !== undefined && sent !== null && !(isRawArray(sent) && sent.length === 0)
    return named ? body : { ...body, [key ?? 'schemas']: [urn.group] }
  },
}

export const jumpcloud: Dialect = { operation: [], attributes: [], body: [groupWithoutSchemas] }
