// Compiles a SCIM filter or sort over groups into SQL.
import { refusal, urn, type AttributePath, type Filter, type Sort } from '#server/scim/index.ts'
import type { ListKey, ListOrder } from '#server/domain/lists/list-order.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { compareIndexed, compareText, compareTime } from '#server/domain/users/where-columns.ts'
import type { SqlText, Values } from '#server/domain/users/where-values.ts'
import { compareMembers, presentMembers } from './where-members.ts'

type Compare = Extract<Filter, { kind: 'compare' }>

/**
 * SQL condition over `groups g` that is true or false, never null, for every row. Values always go through
 * placeholders. Throws `invalidFilter` for what the database cannot decide. RFC 7644 section 3.4.2.2.
 */
export function whereGroup(filter: Filter, values: Values): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.terms.map(term => whereGroup(term, values)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${whereGroup(filter.term, values)}`
    case 'present':
      return presentGroup(filter.path)
    case 'elements':
      return compareMembers(filter.filter, values)
    case 'compare':
      return compareGroup(filter, values)
    case 'never':
      return 'FALSE'
  }
}

function compareGroup(filter: Compare, values: Values): SqlText {
  if (filter.operator === 'ne') return `NOT ${compareGroup({ ...filter, operator: 'eq' }, values)}`
  if (filter.value === null) return `NOT ${presentGroup(filter.path)}`
  if (filter.path.attribute.name === 'members') return compareMembers(filter, values)
  const compare = columns[filter.path.key]
  if (compare === undefined) throw undecidable(filter.path)
  return compare(filter, values)
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const columns: Record<string, (filter: Compare, values: Values) => SqlText> = {
  id: (filter, values) => {
    if (filter.operator !== 'eq') return compareText('g.id::text', filter, values)
    return uuid.test(String(filter.value)) ? `g.id = ${values.add(filter.value, 'uuid')}` : 'FALSE'
  },
  displayName: (filter, values) =>
    compareIndexed('g.name_key', { ...filter, value: nameKey(String(filter.value)) }, values),
  externalId: (filter, values) => compareIndexed('g.external_id', filter, values),
  schemas: (filter, values) => compareText(`'${urn.group}'::text`, filter, values),
  'meta.created': (filter, values) => compareTime('g.created_at', filter, values),
  'meta.lastModified': (filter, values) => compareTime('g.last_modified', filter, values),
  'meta.resourceType': (filter, values) => compareText(`'Group'::text`, filter, values),
  'meta.version': (filter, values) => compareText(`('W/"' || g.version || '"')`, filter, values),
}

function presentGroup(path: AttributePath): SqlText {
  if (path.key === 'externalId') return '(g.external_id IS NOT NULL)'
  if (path.attribute.name === 'members') return presentMembers()
  if (path.key === 'meta.location') throw undecidable(path)
  return 'TRUE'
}

function undecidable(path: AttributePath) {
  return refusal('invalidFilter', `${path.key} cannot be filtered. Filter by id or displayName instead.`)
}

const column = (key: SqlText, cast: ListKey['cast'] = 'text'): ListKey => ({
  key,
  cast,
  optional: false,
  computed: false,
})

/** The columns of names are sorted by code point (see the migrations), as their indexes are. */
const orders: Record<string, ListKey> = {
  id: column('g.id', 'uuid'),
  displayName: column('g.name_key'),
  externalId: { ...column('g.external_id'), optional: true },
  'meta.created': column('g.created_at', 'timestamptz'),
  'meta.lastModified': column('g.last_modified', 'timestamptz'),
  'meta.version': column('g.version', 'integer'),
}

/** The order of the list; what all groups have alike, or cannot be ordered by, leaves them in order of creation. */
export function sortGroups(sort: Sort): ListOrder {
  return { ...(groupSortKey(sort.path) ?? column('g.id', 'uuid')), descending: sort.order === 'descending' }
}

/** What groups are sorted by, over `groups g`; null where they cannot be told apart. */
export function groupSortKey(path: AttributePath): ListKey | null {
  return orders[path.key] ?? null
}
