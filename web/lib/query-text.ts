// Filters in the address bar: lists separated by commas, everything as text.

/** Vue Router's shape of a query. */
export type RawQuery = Record<string, string | null | undefined | (string | null)[]>

/** The first value under a name, or an empty text. */
export function textIn(query: RawQuery, name: string): string {
  const value = query[name]
  const first = Array.isArray(value) ? value[0] : value
  return first ?? ''
}

/** The values under a name that are allowed, in the order of the address. */
export function listIn<Value extends string>(
  query: RawQuery,
  name: string,
  allowed: readonly Value[],
): Value[] {
  const asked = textIn(query, name).split(',')
  return allowed
    .filter(value => asked.includes(value))
    .sort((one, two) => asked.indexOf(one) - asked.indexOf(two))
}

/** One allowed value, or the given one. */
export function oneOf<Value extends string>(
  text: string,
  allowed: readonly Value[],
  otherwise: Value,
): Value {
  return allowed.find(value => value === text) ?? otherwise
}

/** A new query with the given names set, or removed where the value is empty. */
export function withValues(
  query: RawQuery,
  values: Record<string, string | readonly string[] | undefined>,
): RawQuery {
  const next: RawQuery = { ...query }
  for (const [name, value] of Object.entries(values)) {
    const text = typeof value === 'string' || value === undefined ? (value ?? '') : value.join(',')
    next[name] = text === '' ? undefined : text
  }
  return next
}
