// Compiles a SCIM filter over people into SQL: columns where there is one, JSON paths of the document elsewhere.
import { refusal, type AttributePath, type Filter } from '#server/scim/index.ts'
import { compareColumn } from './where-columns.ts'
import { compareDocument, presentInDocument } from './where-document.ts'
import { requiredEmail } from './where-indexed.ts'
import { compareGroups, compareSchemas, presentGroups } from './where-relations.ts'
import type { SqlText, Values } from './where-values.ts'

/**
 * SQL condition over `users u` that is true or false, never null, for every row. Values always go through
 * placeholders. Throws `invalidFilter` for what the database cannot decide. RFC 7644 section 3.4.2.2.
 */
export function whereUser(filter: Filter, values: Values): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.terms.map(term => whereUser(term, values)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${whereUser(filter.term, values)}`
    case 'present':
      return presentUser(filter.path)
    case 'elements':
      return isGroups(filter.path) ? compareGroups(filter.filter, values) : compareElements(filter, values)
    case 'never':
      return 'FALSE'
    case 'compare':
      return compareUser(filter, values)
  }
}

/** The index of addresses narrows the search down; the document decides. */
function compareElements(filter: Extract<Filter, { kind: 'elements' }>, values: Values): SqlText {
  const email = filter.path.key === 'emails' ? requiredEmail(filter.filter) : null
  const condition = compareDocument(filter, values)
  return email === null ? condition : `(u.email_keys @> ARRAY[${values.add(email)}] AND ${condition})`
}

function compareUser(filter: Extract<Filter, { kind: 'compare' }>, values: Values): SqlText {
  if (filter.operator === 'ne') return `NOT ${compareUser({ ...filter, operator: 'eq' }, values)}`
  if (filter.value === null) return `NOT ${presentUser(filter.path)}`
  if (filter.path.key === 'schemas') return compareSchemas(filter, values)
  if (isGroups(filter.path)) return compareGroups(filter, values)
  return compareColumn(filter, values) ?? compareDocument(filter, values)
}

const always = new Set(['id', 'userName', 'active', 'schemas', 'meta'])

function presentUser(path: AttributePath): SqlText {
  refuseLocation(path)
  if (path.schema === null && always.has(path.attribute.name)) return 'TRUE'
  return isGroups(path) ? presentGroups(path) : presentInDocument(path)
}

function isGroups(path: AttributePath): boolean {
  return path.schema === null && path.attribute.name === 'groups'
}

function refuseLocation(path: AttributePath): void {
  if (path.key !== 'meta.location') return
  throw refusal('invalidFilter', 'meta.location cannot be filtered. Filter by id instead.')
}
