// Reads one page of a list: by number, or behind a place at the same cost wherever it is.
import type { Sql } from '#server/domain/context.ts'
import { Values, type SqlText } from '#server/domain/users/where-values.ts'
import type { Place } from '#server/scim/index.ts'
import { stretchesBehind, wholeOrder, type ListOrder, type Stretch } from './list-order.ts'

/** Where a page begins: after so many resources, or behind a place. */
export type ListStart = { readonly skip: number } | { readonly behind: Place }

interface Asked {
  /** Null: by id alone, which is the order of creation. */
  readonly order: ListOrder | null
  readonly start: ListStart
  readonly count: number
}

export interface ListQuestion extends Asked {
  readonly table: { readonly name: 'users' | 'groups'; readonly alias: string; readonly columns: string }
  /** Which rows are in the list; `$1` is the organization. */
  readonly condition: (values: Values) => SqlText
  /** Statements of few shapes are prepared under this name; a name for each odd filter would fill memory. */
  readonly name?: string
  /** True for the few rows of an index look-up, which need no keys read ahead. */
  readonly few?: boolean
}

export interface KeysQuestion extends Asked {
  readonly order: ListOrder
  /** A SELECT of `id`, `key` and whatever else the caller wants back. */
  readonly candidates: (values: Values) => SqlText
}

export interface ListPage<Row> {
  readonly rows: readonly Row[]
  /** The place of the last row when more rows follow, else null. */
  readonly end: Place | null
}

type Keyed<Row> = Row & { readonly id: string; readonly list_key: string | null }

/** One page of people or groups in a total order, and whether more follows. */
export function readListPage<Row>(sql: Sql, question: ListQuestion): Promise<ListPage<Row>> {
  const { order, start, table } = question
  return pageOf(question, count => {
    const asked = { ...question, count }
    if (order === null && 'behind' in start) return readFollowing<Keyed<Row>>(sql, asked, start.behind)
    if (question.few === true && 'skip' in start) return readFew<Keyed<Row>>(sql, asked, start.skip)
    const { name, alias, columns } = table
    const rows = `JOIN ${name} ${alias} ON ${alias}.org_id = $1 AND ${alias}.id = k.id`
    const candidates = (values: Values) => candidatesOf(question, values)
    return readKeyed<Keyed<Row>>(sql, { ...asked, candidates, rows, columns })
  })
}

/** One page of keys, with whatever the candidates have besides. */
export function readKeysPage<Row>(sql: Sql, question: KeysQuestion): Promise<ListPage<Row>> {
  return pageOf(question, count =>
    readKeyed<Keyed<Row>>(sql, { ...question, count, rows: '', columns: 'k.*' }),
  )
}

/** One row more is asked for than wanted, to know whether it is the last page. */
async function pageOf<Row>(
  { count }: Asked,
  read: (count: number) => Promise<Keyed<Row>[]>,
): Promise<ListPage<Row>> {
  const found = await read(count + 1)
  const rows = found.slice(0, count)
  const last = rows.at(-1)
  const more = found.length > rows.length && last !== undefined
  return { rows, end: more ? { id: last.id, key: last.list_key } : null }
}

/**
 * One index read for the few rows that can have this name, id or address. OFFSET 0 keeps the planner from walking the
 * whole list in its order instead, which it does while it knows nothing of the table, as after a first import.
 */
function readFew<Row>(sql: Sql, question: ListQuestion, skip: number): Promise<Row[]> {
  const values = new Values()
  const { name, alias, columns } = question.table
  const found = `SELECT ${alias}.* FROM ${name} ${alias} WHERE ${question.condition(values)} OFFSET 0`
  const limit = values.add(question.count, 'int')
  const offset = offsetOf(skip, values)
  const text = `SELECT ${columns}, NULL AS list_key FROM (${found}) ${alias} ORDER BY ${alias}.id LIMIT ${limit}${offset}`
  const brief = question.name !== undefined
  return sql.run<Row>({ ...named(nameAt(skip, question.name)), text, ...(brief && { brief }) }, values.list)
}

/**
 * Nothing for the first page: an offset that is not known when a plan is made counts as a tenth of the rows, so that no
 * plan for all values seemed good enough, and each look-up was planned anew, for ten times its cost.
 */
function offsetOf(skip: number, values: Values): SqlText {
  return skip === 0 ? '' : ` OFFSET ${values.add(skip, 'bigint')}`
}

/** A prepared statement has one text. */
function nameAt(skip: number, name: string | undefined): string | undefined {
  return name !== undefined && skip > 0 ? `${name}-further` : name
}

/** Rows behind an id, straight from the key's index. */
function readFollowing<Row>(sql: Sql, question: ListQuestion, place: Place): Promise<Row[]> {
  const values = new Values()
  const { name, alias, columns } = question.table
  const where = `${question.condition(values)} AND ${alias}.id > ${values.add(place.id, 'uuid')}`
  const limit = values.add(question.count, 'int')
  const text = `SELECT ${columns}, NULL AS list_key FROM ${name} ${alias} WHERE ${where} ORDER BY ${alias}.id LIMIT ${limit}`
  return sql.run<Row>({ ...named(question.name && `${question.name}-behind`), text }, values.list)
}

/** OFFSET 0 keeps the planner from computing a key again for each of its uses. */
function candidatesOf({ table, condition, order }: ListQuestion, values: Values): SqlText {
  const { name, alias } = table
  const fence = order?.computed === true ? ' OFFSET 0' : ''
  return `SELECT ${alias}.id, ${order?.key ?? 'NULL::text'} AS key FROM ${name} ${alias} WHERE ${condition(values)}${fence}`
}

interface Keys extends Asked {
  readonly candidates: (values: Values) => SqlText
  /** Joins the rows of the keys `k`. */
  readonly rows: SqlText
  readonly columns: SqlText
  readonly name?: string
}

/** Keys first, so that skipped rows are never read, then the rows of the page. */
async function readKeyed<Row>(sql: Sql, question: Keys): Promise<Row[]> {
  const { order, start, count } = question
  if ('behind' in start && order !== null) {
    const rows: Row[] = []
    for (const stretch of stretchesBehind(order, start.behind)) {
      const left = count - rows.length
      if (left > 0) rows.push(...(await readStretch<Row>(sql, { ...question, count: left }, stretch)))
    }
    return rows
  }
  const values = new Values()
  const base = question.candidates(values)
  const limit = values.add(count, 'int')
  const skip = 'skip' in start ? start.skip : 0
  const offset = offsetOf(skip, values)
  const by = order === null ? 'k.id' : wholeOrder(order)
  const text = rowsText(question, `SELECT k.* FROM (${base}) k ORDER BY ${by} LIMIT ${limit}${offset}`)
  return sql.run<Row>({ ...named(nameAt(skip, question.name)), text }, values.list)
}

function readStretch<Row>(sql: Sql, question: Keys, stretch: Stretch): Promise<Row[]> {
  const values = new Values()
  const base = question.candidates(values)
  const where = stretch.condition(values)
  const limit = values.add(question.count, 'int')
  const keys = `SELECT k.* FROM (${base}) k WHERE ${where} ORDER BY ${stretch.order} LIMIT ${limit}`
  return sql.run<Row>({ text: rowsText(question, keys) }, values.list)
}

function rowsText({ rows, columns, order }: Keys, keys: SqlText): SqlText {
  const key = order?.cast === 'timestamptz' ? instant : 'k.key::text'
  return `SELECT ${columns}, ${key} AS list_key FROM (SELECT k.*, row_number() OVER () AS place FROM (${keys}) k) k
    ${rows} ORDER BY k.place`
}

/** Read back exactly, whatever the connection's time zone and style of dates. */
const instant = `to_char(k.key AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

function named(name: string | undefined): { name?: string } {
  return name === undefined ? {} : { name }
}
