// Filter comparisons over the JSON document: any attribute of the core, Enterprise and Calendly schemas.
import { refusal, type Attribute, type AttributePath, type Filter } from '#server/scim/index.ts'
import { compareFolded, compareText } from './where-columns.ts'
import type { SqlText, Values } from './where-values.ts'

type Compare = Extract<Filter, { kind: 'compare' }>
type Elements = Extract<Filter, { kind: 'elements' }>

/** The condition for a comparison or for a value filter (`emails[…]`) on the document. */
export function compareDocument(filter: Compare | Elements, values: Values): SqlText {
  const { attribute } = filter.path
  if (filter.kind === 'elements')
    return anyElement(filter.path, element => whereElement(filter.filter, { element, values }))
  if (!attribute.multiValued) return compareValue(documentValue(filter.path), filter, values)
  return anyElement(filter.path, element => compareValue(elementValue(element, filter.path), filter, values))
}

/** True for an assigned attribute; a stored document has no nulls, empty texts, lists or objects (RFC 7643 2.5). */
export function presentInDocument(path: AttributePath): SqlText {
  if (!path.attribute.multiValued) return `(${documentValue(path)} IS NOT NULL)`
  if (path.sub === undefined) return `(${documentPath(path)} IS NOT NULL)`
  return anyElement(path, element => `${elementValue(element, path)} IS NOT NULL`)
}

function whereElement(filter: Filter, scope: { element: SqlText; values: Values }): SqlText {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.terms.map(term => whereElement(term, scope)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`
    case 'not':
      return `NOT ${whereElement(filter.term, scope)}`
    case 'present':
      return `(${elementValue(scope.element, filter.path)} IS NOT NULL)`
    case 'elements':
      throw refusal('invalidFilter', 'A value filter inside a value filter is not possible.')
    case 'never':
      return 'FALSE'
    case 'compare':
      return compareElement(filter, scope)
  }
}

function compareElement(filter: Compare, scope: { element: SqlText; values: Values }): SqlText {
  if (filter.operator === 'ne') return `NOT ${compareElement({ ...filter, operator: 'eq' }, scope)}`
  const value = elementValue(scope.element, filter.path)
  return filter.value === null ? `(${value} IS NULL)` : compareValue(value, filter, scope.values)
}

function anyElement(path: AttributePath, condition: (element: SqlText) => SqlText): SqlText {
  const list = documentPath(path)
  return `EXISTS (SELECT 1 FROM jsonb_array_elements(COALESCE(${list}, '[]')) AS e(v) WHERE ${condition('e.v')})`
}

/** Names come from our own schema tables, never from the client; quotes are doubled all the same. */
function documentPath(path: AttributePath): SqlText {
  const names = path.schema === null ? [path.attribute.name] : [path.schema, path.attribute.name]
  return `u.document${names.map(name => ` -> ${literal(name)}`).join('')}`
}

function documentValue(path: AttributePath): SqlText {
  const parent = documentPath(path)
  return path.sub === undefined ? `((${parent}) #>> '{}')` : `((${parent}) ->> ${literal(path.sub.name)})`
}

function elementValue(element: SqlText, path: AttributePath): SqlText {
  return path.sub === undefined ? `(${element} #>> '{}')` : `(${element} ->> ${literal(path.sub.name)})`
}

function compareValue(expression: SqlText, filter: Compare, values: Values): SqlText {
  const attribute: Attribute = filter.path.sub ?? filter.path.attribute
  if (attribute.type === 'boolean') {
    const absent = String(attribute.absentMeans ?? '')
    const value = absent === '' ? expression : `COALESCE(${expression}, ${literal(absent)})`
    return compareText(value, { operator: 'eq', value: String(filter.value) }, values)
  }
  if (typeof filter.value === 'number') return compareNumber(expression, filter, values)
  if (attribute.caseExact) return compareText(expression, filter, values)
  return compareFolded(expression, { operator: filter.operator, value: String(filter.value) }, values)
}

const numeric: Partial<Record<Compare['operator'], string>> = {
  eq: '=',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
}

function compareNumber(expression: SqlText, filter: Compare, values: Values): SqlText {
  const operator = numeric[filter.operator]
  if (operator === undefined) throw refusal('invalidFilter', `${filter.operator} does not work on numbers.`)
  return `COALESCE(${expression}::numeric ${operator} ${values.add(filter.value, 'numeric')}, FALSE)`
}

function literal(text: string): SqlText {
  return `'${text.replaceAll("'", "''")}'`
}
