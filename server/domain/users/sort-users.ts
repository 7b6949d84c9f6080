// Compiles a SCIM sort over people into the order of a list (RFC 7644 section 3.4.2.3).
import type { ListKey, ListOrder } from '#server/domain/lists/list-order.ts'
import type { AttributePath, Sort } from '#server/scim/index.ts'

const column = (key: string, cast: ListKey['cast'] = 'text'): ListKey => ({
  key,
  cast,
  optional: false,
  computed: false,
})

/** The columns of names are sorted by code point (see the migrations), as their indexes are. */
const columns: Record<string, ListKey> = {
  id: column('u.id', 'uuid'),
  userName: column('u.user_name_key'),
  externalId: { ...column('u.external_id'), optional: true },
  active: column(`(u.status IN ('pending', 'active'))`, 'boolean'),
  'meta.created': column('u.created_at', 'timestamptz'),
  'meta.lastModified': column('u.last_modified', 'timestamptz'),
  'meta.resourceType': column(`'User'::text`),
  'meta.version': column('u.version', 'integer'),
  'meta.location': column('u.id', 'uuid'),
}

/** Texts of documents are sorted by so many characters, so that a cursor can carry the last one of a page. */
const sortedCharacters = 300

/** The order of the list. People without a value come last ascending, first descending. */
export function sortUsers(sort: Sort): ListOrder {
  return { ...userSortKey(sort.path), descending: sort.order === 'descending' }
}

/** What people are sorted by, over `users u`. */
export function userSortKey(path: AttributePath): ListKey {
  return columns[path.key] ?? documentKey(path)
}

function documentKey(path: AttributePath): ListKey {
  const leaf = path.sub ?? path.attribute
  const value = path.attribute.multiValued ? firstValue(path) : singleValue(path)
  const key = { optional: true, computed: true }
  if (leaf.type === 'integer' || leaf.type === 'decimal')
    return { ...key, key: `(${value})::numeric`, cast: 'numeric' }
  const text = leaf.caseExact ? value : `lower(normalize(${value}, NFC))`
  return { ...key, key: `left(${text}, ${String(sortedCharacters)}) COLLATE "C"`, cast: 'text' }
}

function singleValue(path: AttributePath): string {
  const names = [path.schema, path.attribute.name, path.sub?.name].filter(name => typeof name === 'string')
  return `(u.document #>> ARRAY[${names.map(quoted).join(', ')}])`
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
