// Filter comparisons that a plain column of `users` can decide, most of them by an index.
import { refusal, type Comparison, type Filter } from '#server/scim/index.ts'
import { indexedCharacters } from './rules/columns.ts'
import { caseKey, nameKey } from './rules/normal-form.ts'
import type { SqlText, Values } from './where-values.ts'

type Compare = Extract<Filter, { kind: 'compare' }>

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const columns: Record<string, (filter: Compare, values: Values) => SqlText | null> = {
  id: (filter, values) => {
    if (filter.operator !== 'eq') return compareText('u.id::text', filter, values)
    return uuid.test(String(filter.value)) ? `u.id = ${values.add(filter.value, 'uuid')}` : 'FALSE'
  },
  userName: (filter, values) =>
    compareIndexed('u.user_name_key', { ...filter, value: nameKey(String(filter.value)) }, values),
  externalId: (filter, values) => compareIndexed('u.external_id', filter, values),
  active: (filter, values) =>
    `((u.status IN ('pending', 'active')) = ${values.add(filter.value, 'boolean')})`,
  'emails.value': (filter, values) => {
    const key = caseKey(String(filter.value))
    const indexed = filter.operator === 'eq' && key.length <= indexedCharacters
    return indexed ? `u.email_keys @> ARRAY[${values.add(key)}]` : null
  },
  'meta.created': (filter, values) => compareTime('u.created_at', filter, values),
  'meta.lastModified': (filter, values) => compareTime('u.last_modified', filter, values),
  'meta.resourceType': (filter, values) => compareText(`'User'::text`, filter, values),
  'meta.version': (filter, values) => compareText(`('W/"' || u.version || '"')`, filter, values),
}

/** The condition, or null when no column knows the attribute. */
export function compareColumn(filter: Compare, values: Values): SqlText | null {
  if (filter.path.key === 'meta.location') {
    throw refusal('invalidFilter', 'meta.location cannot be filtered. Filter by id instead.')
  }
  const compare = columns[filter.path.key]
  return compare === undefined ? null : compare(filter, values)
}

const order: Partial<Record<Comparison, string>> = { gt: '>', ge: '>=', lt: '<', le: '<=' }

/** Compares text: ordering is by code point whatever the database's locale; LIKE and its wildcards are not used. */
export function compareText(
  expression: SqlText,
  filter: Pick<Compare, 'operator' | 'value'>,
  values: Values,
): SqlText {
  const value = values.add(filter.value)
  return `COALESCE(${textCondition(expression, filter.operator, value)}, FALSE)`
}

/** The same for columns with an index, which COALESCE would hide from the planner. */
export function compareIndexed(
  column: SqlText,
  filter: Pick<Compare, 'operator' | 'value'>,
  values: Values,
): SqlText {
  if (filter.operator !== 'eq') return compareText(column, filter, values)
  return `(${column} IS NOT NULL AND ${column} = ${values.add(filter.value)})`
}

/** Compares text without regard to case: both sides are folded by the database, so they cannot disagree. */
export function compareFolded(
  expression: SqlText,
  filter: Pick<Compare, 'operator' | 'value'>,
  values: Values,
): SqlText {
  const fold = (text: SqlText): SqlText => `lower(normalize(${text}, NFC))`
  return `COALESCE(${textCondition(fold(expression), filter.operator, fold(values.add(filter.value)))}, FALSE)`
}

function textCondition(expression: SqlText, operator: Comparison, value: SqlText): SqlText {
  switch (operator) {
    case 'eq':
      return `${expression} = ${value}`
    case 'co':
      return `strpos(${expression}, ${value}) > 0`
    case 'sw':
      return `starts_with(${expression}, ${value})`
    case 'ew':
      return `right(${expression}, length(${value})) = ${value}`
    default:
      return `${expression} COLLATE "C" ${order[operator] ?? '='} ${value}`
  }
}

/** Compares points in time; parts of them as text in UTC. */
export function compareTime(column: SqlText, filter: Compare, values: Values): SqlText {
  if (['co', 'sw', 'ew'].includes(filter.operator)) {
    const text = `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    return compareText(text, filter, values)
  }
  return `${column} ${order[filter.operator] ?? '='} ${values.add(filter.value, 'timestamptz')}`
}
