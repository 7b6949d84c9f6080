// Filter comparisons over the members of a group.
import { refusal, type Filter } from '#server/scim/index.ts'
import { compareFolded, compareText } from '#server/domain/users/where-columns.ts'
import type { SqlText, Values } from '#server/domain/users/where-values.ts'

type Compare = Extract<Filter, { kind: 'compare' }>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const inGroup = `EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.org_id = m.org_id AND u.id = m.user_id
  WHERE m.org_id = $1 AND m.group_id = g.id`

/** True for groups with a member. */
export function presentMembers(): SqlText {
  return `${inGroup})`
}

/** `members.value eq …` and `members[value eq … and …]`: one member fulfils everything. */
export function compareMembers(filter: Filter, values: Values): SqlText {
  return `${inGroup} AND ${condition(filter, values)})`
}

function condition(filter: Filter, values: Values): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.terms.map(term => condition(term, values)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${condition(filter.term, values)}`
    case 'present':
      return 'TRUE'
    case 'elements':
      throw refusal('invalidFilter', 'A value filter inside a value filter is not possible.')
    case 'never':
      return 'FALSE'
    case 'compare':
      return compareMember(filter, values)
  }
}

function compareMember(filter: Compare, values: Values): SqlText {
  if (filter.operator === 'ne') return `NOT ${compareMember({ ...filter, operator: 'eq' }, values)}`
  if (filter.value === null) return 'FALSE'
  switch (filter.path.sub?.name) {
    case 'display':
      return compareFolded('u.display_name', filter, values)
    case 'type':
      return compareFolded(`'User'::text`, filter, values)
    case 'value':
    case undefined:
      return compareId(filter, values)
    default:
      throw refusal('invalidFilter', `${filter.path.key} cannot be filtered. Filter members.value instead.`)
  }
}

function compareId(filter: Compare, values: Values): SqlText {
  if (filter.operator !== 'eq') return compareText('m.user_id::text', filter, values)
  return uuid.test(String(filter.value)) ? `m.user_id = ${values.add(filter.value, 'uuid')}` : 'FALSE'
}
