// Reads whom a value filter on `members` picks, so that it can be done without loading the group.
import { refusal, type ScimError } from '../error.ts'
import type { Filter } from '../filter/ast.ts'
import { idInAddress } from './member-id.ts'

/**
 * The ids that `members[value eq "x"]` names, alone or joined by `or`; null stands for everyone (`type eq "User"`).
 * Throws `invalidFilter` for anything that only a look into the group could answer.
 */
export function pickedMembers(filter: Filter): readonly string[] | null {
  switch (filter.kind) {
    case 'compare':
      return compared(filter)
    case 'or':
      return union(filter.terms.map(pickedMembers))
    case 'and':
      return intersection(filter.terms.map(pickedMembers))
    default:
      throw byValueOnly()
  }
}

function compared({ path, operator, value }: Extract<Filter, { kind: 'compare' }>): readonly string[] | null {
  if (operator !== 'eq' || typeof value !== 'string') throw byValueOnly()
  switch (path.sub?.name) {
    case 'value':
      return [value]
    case '$ref':
      return [idInAddress(value) ?? '']
    case 'type':
      return value.toLowerCase() === 'user' ? null : []
    default:
      throw byValueOnly()
  }
}

function union(picked: readonly (readonly string[] | null)[]): readonly string[] | null {
  return picked.some(ids => ids === null) ? null : [...new Set(picked.flatMap(ids => ids ?? []))]
}

function intersection(picked: readonly (readonly string[] | null)[]): readonly string[] | null {
  const lists = picked.filter(ids => ids !== null)
  const [first, ...others] = lists
  return first === undefined ? null : first.filter(id => others.every(ids => ids.includes(id)))
}

function byValueOnly(): ScimError {
  return refusal('invalidFilter', 'Pick members by their id, as in members[value eq "…"].')
}
