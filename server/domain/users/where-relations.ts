// Filter comparisons that other tables or derived values decide: `schemas` and `groups`.
import { refusal, urn, type AttributePath, type Filter } from '#server/scim/index.ts'
import { compareFolded, compareText } from './where-columns.ts'
import type { SqlText, Values } from './where-values.ts'

type Compare = Extract<Filter, { kind: 'compare' }>

const extensions = [urn.enterpriseUser, urn.calendlyUser]

/** `schemas` lists the base schema and each extension that has data (RFC 7643 section 3). */
export function compareSchemas(filter: Compare, values: Values): SqlText {
  const conditions = extensions.map(
    name => `(u.document ? '${name}' AND ${compareText(`'${name}'::text`, filter, values)})`,
  )
  return `(${[compareText(`'${urn.user}'::text`, filter, values), ...conditions].join(' OR ')})`
}

const inGroup = `EXISTS (SELECT 1 FROM memberships m JOIN groups g ON g.org_id = m.org_id AND g.id = m.group_id
  WHERE m.org_id = $1 AND m.user_id = u.id`

/** True when the person is in any group; every membership has a value, a display and a type. */
export function presentGroups(_path: AttributePath): SqlText {
  return `${inGroup})`
}

/** `groups`, `groups.value eq …` and `groups[value eq … and display sw …]`: one membership fulfils everything. */
export function compareGroups(filter: Filter, values: Values): SqlText {
  return `${inGroup} AND ${groupCondition(filter, values)})`
}

function groupCondition(filter: Filter, values: Values): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.terms.map(term => groupCondition(term, values)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${groupCondition(filter.term, values)}`
    case 'present':
      return 'TRUE'
    case 'elements':
      throw refusal('invalidFilter', 'A value filter inside a value filter is not possible.')
    case 'never':
      return 'FALSE'
    case 'compare':
      return compareGroup(filter, values)
  }
}

function compareGroup(filter: Compare, values: Values): SqlText {
  if (filter.operator === 'ne') return `NOT ${compareGroup({ ...filter, operator: 'eq' }, values)}`
  if (filter.value === null) return 'FALSE'
  switch (filter.path.sub?.name) {
    case 'display':
      return compareFolded('g.display_name', filter, values)
    case 'type':
      return compareFolded(`'direct'::text`, filter, values)
    case 'value':
    case undefined:
      return compareText('g.id::text', filter, values)
    default:
      throw refusal('invalidFilter', `${filter.path.key} cannot be filtered. Filter groups.value instead.`)
  }
}
