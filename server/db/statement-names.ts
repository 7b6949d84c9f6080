// Names for prepared statements, so that PostgreSQL parses and plans a repeated query once per connection.

/** Every connection keeps what it prepared, so the number of names bounds its memory. */
const MOST_NAMES = 500

/** Longer queries are lists of values, which seldom come twice in the same length. */
const LONGEST_QUERY = 8_000

/** Queries seen once; a second sighting earns a name. */
const MOST_SIGHTINGS = 5_000

/**
 * Answers a function that names a query from its second sighting on, the same text always by the same name, and
 * answers '' for queries that are better not kept: very long ones, and new ones when all names are given away.
 */
export function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>()
  const sightings = new Set<string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    if (sql.length > LONGEST_QUERY || names.size >= MOST_NAMES) return ''
    if (!sightings.delete(sql)) {
      if (sightings.size >= MOST_SIGHTINGS) sightings.clear()
      sightings.add(sql)
      return ''
    }
    const name = `rollcall_${names.size}`
    names.set(sql, name)
    return name
  }
}
