// Compiles a SCIM sort over people into SQL (RFC 7644 section 3.4.2.3).
import type { AttributePath, Sort } from '#server/scim/index.ts'

const columns: Record<string, string> = {
  id: 'u.id',
  userName: 'u.user_name_key COLLATE "C"',
  externalId: 'u.external_id COLLATE "C"',
  active: `(u.status IN ('pending', 'active'))`,
  'meta.created': 'u.created_at',
  'meta.lastModified': 'u.last_modified',
  'meta.resourceType': `'User'::text`,
  'meta.version': 'u.version',
  'meta.location': 'u.id',
}

/** An ORDER BY term. People without a value come last ascending, first descending. */
export function sortUsers(sort: Sort): string {
  const expression = userSortKey(sort.path)
  return sort.order === 'ascending' ? `${expression} ASC NULLS LAST` : `${expression} DESC NULLS FIRST`
}

/** What people are sorted by, as an expression over `users u`. */
export function userSortKey(path: AttributePath): string {
  return columns[path.key] ?? documentOrder(path)
}

function documentOrder(path: AttributePath): string {
  const leaf = path.sub ?? path.attribute
  const value = path.attribute.multiValued ? firstValue(path) : singleValue(path)
  if (leaf.type === 'integer' || leaf.type === 'decimal') return `(${value})::numeric`
  return leaf.caseExact ? `(${value}) COLLATE "C"` : `lower(normalize(${value}, NFC)) COLLATE "C"`
}

function singleValue(path: AttributePath): string {
  const names = [path.schema, path.attribute.name, path.sub?.name].filter(name => typeof name === 'string')
  return `u.document #>> ARRAY[${names.map(quoted).join(', ')}]`
}

/** The primary element's value, else the first one's. */
function firstValue(path: AttributePath): string {
  const names = [path.schema, path.attribute.name].filter(name => typeof name === 'string')
  const sub = quoted(path.sub?.name ?? 'value')
  return `(SELECT e.v ->> ${sub} FROM jsonb_array_elements(COALESCE(u.document #> ARRAY[${names.map(quoted).join(', ')}], '[]'))
    WITH ORDINALITY AS e(v, place) ORDER BY COALESCE(e.v ->> 'primary', 'false') DESC, e.place LIMIT 1)`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
