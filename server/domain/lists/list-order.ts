// How a list is ordered, and what lies behind a known place in it: missing values last ascending, first descending.
import type { SqlText, Values } from '#server/domain/users/where-values.ts'
import type { Place } from '#server/scim/index.ts'

/** What rows are sorted by. */
export interface ListKey {
  /** SQL over one row of the table. */
  readonly key: SqlText
  /** Type of the key, to read it back from a cursor. */
  readonly cast: 'text' | 'uuid' | 'timestamptz' | 'boolean' | 'integer' | 'numeric'
  /** Whether rows may have no key. */
  readonly optional: boolean
  /** Whether the key is computed from the document, and better only once for each row. */
  readonly computed: boolean
}

/** Rows with the same key follow each other by id, ascending in both directions (SO6). */
export interface ListOrder extends ListKey {
  readonly descending: boolean
}

/** A part of a list that one statement reads in order; `k` has the columns `id` and `key`. */
export interface Stretch {
  readonly condition: (values: Values) => SqlText
  readonly order: SqlText
}

/** ORDER BY terms over `k` for the list as a whole. */
export function wholeOrder(order: ListOrder): SqlText {
  return `${order.descending ? 'k.key DESC NULLS FIRST' : 'k.key ASC NULLS LAST'}, k.id`
}

/**
 * What follows a place, as stretches to be read one after the other. Those with a key and those without are kept apart,
 * because no single comparison holds for both and an index can walk only one of them.
 */
export function stretchesBehind(order: ListOrder, place: Place): readonly Stretch[] {
  const { id, key } = place
  if (key === null) return [blanks(id), ...(order.descending ? [keys(order, null)] : [])]
  const rest = keys(order, { id, key })
  return order.descending || !order.optional ? [rest] : [rest, blanks(null)]
}

function keys(order: ListOrder, from: { id: string; key: string } | null): Stretch {
  const [beyond, direction] = order.descending ? ['<', 'DESC'] : ['>', 'ASC']
  const condition = (values: Values): SqlText => {
    if (from === null) return 'k.key IS NOT NULL'
    const key = values.add(from.key, `text::${order.cast}`)
    return `k.key ${beyond}= ${key} AND (k.key ${beyond} ${key} OR k.id > ${values.add(from.id, 'uuid')})`
  }
  return { condition, order: `k.key ${direction}, k.id` }
}

function blanks(from: string | null): Stretch {
  const condition = (values: Values): SqlText =>
    from === null ? 'k.key IS NULL' : `k.key IS NULL AND k.id > ${values.add(from, 'uuid')}`
  return { condition, order: 'k.id' }
}
