// Which filters an index answers with a handful of people, whatever the size of the organization.
import type { Filter } from '#server/scim/index.ts'
import { indexedCharacters } from './rules/columns.ts'
import { caseKey } from './rules/normal-form.ts'

const unique = new Set(['id', 'userName', 'externalId', 'emails.value'])

/** True when an equality that few can fulfil is required: alone, in a conjunction, or in each alternative. */
export function isSelective(filter: Filter): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.terms.some(isSelective)
    case 'or':
      return filter.terms.every(isSelective)
    case 'elements':
      return filter.path.key === 'emails' && requiredEmail(filter.filter) !== null
    case 'compare':
      return filter.operator === 'eq' && typeof filter.value === 'string' && unique.has(filter.path.key)
    default:
      return false
  }
}

/** The key of the one address that an element of `emails[…]` must have, as the index holds it; else null. */
export function requiredEmail(filter: Filter): string | null {
  if (filter.kind === 'and') return filter.terms.map(requiredEmail).find(key => key !== null) ?? null
  if (filter.kind !== 'compare' || filter.operator !== 'eq' || filter.path.key !== 'emails.value') return null
  const key = typeof filter.value === 'string' ? caseKey(filter.value) : null
  return key !== null && key.length <= indexedCharacters ? key : null
}
