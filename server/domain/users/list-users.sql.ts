// Pages of people for the SCIM door: keys first, then the rows of one page.
import type { Sql, Statement } from '#server/domain/context.ts'
import { sortUsers } from './sort-users.ts'
import { seenColumns, seenFromRow, type SeenRow } from './read-user.sql.ts'
import type { SeenUser } from './rules/user.ts'
import { whereUser } from './where.ts'
import { Values } from './where-values.ts'
import type { Filter, Sort } from '#server/scim/index.ts'

export interface UserPageQuestion {
  readonly filter: Filter | null
  readonly sort: Sort | null
  /** 1-based. */
  readonly startIndex: number
  readonly count: number
}

/** The people of one page, in a total order: the sort if any, then id, which is the order of creation. */
export async function readUserPage(sql: Sql, question: UserPageQuestion): Promise<SeenUser[]> {
  const values = new Values()
  const statement = isDaily(question) ? findText(question, values) : pageText(question, values)
  const rows = await sql.run<SeenRow>(statement, values.list)
  return rows.map(seenFromRow)
}

/** Keys first, so that skipped rows are never read, then the rows of the page. */
function pageText(question: UserPageQuestion, values: Values): Statement {
  const where = conditionOnUsers(question.filter, values)
  const limit = values.add(question.count, 'int')
  const offset = values.add(question.startIndex - 1, 'bigint')
  const order = question.sort === null ? '' : `${sortUsers(question.sort)}, `
  const keys = `SELECT u.id, row_number() OVER () AS place FROM (
      SELECT u.id FROM users u WHERE ${where} ORDER BY ${order}u.id LIMIT ${limit} OFFSET ${offset}) u`
  const text = `SELECT ${seenColumns} FROM (${keys}) k JOIN users u ON u.org_id = $1 AND u.id = k.id ORDER BY k.place`
  return question.filter === null && question.sort === null ? { name: 'page-users', text } : { text }
}

/** One index read for the few people who can have this name, id or address. */
function findText(question: UserPageQuestion & { filter: DailyFilter }, values: Values): Statement {
  const where = conditionOnUsers(question.filter, values)
  const limit = values.add(question.count, 'int')
  const offset = values.add(question.startIndex - 1, 'bigint')
  const text = `SELECT ${seenColumns} FROM users u WHERE ${where} ORDER BY u.id LIMIT ${limit} OFFSET ${offset}`
  return { name: `find-users-${question.filter.path.key}`, text }
}

/** People who fulfil the filter. */
export async function countUsers(sql: Sql, filter: Filter | null): Promise<number> {
  if (filter === null) return countEveryone(sql)
  const values = new Values()
  const text = `SELECT count(*)::int AS total FROM users u WHERE ${conditionOnUsers(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values.list)
  return row?.total ?? 0
}

const everyone: Statement = {
  name: 'count-everyone',
  text: 'SELECT pending + active + deactivated AS total FROM organization_streams WHERE org_id = $1',
}

/** Everyone whom SCIM clients can see, from the counters. */
async function countEveryone(sql: Sql): Promise<number> {
  const [row] = await sql.run<{ total: number }>(everyone, [])
  return row?.total ?? 0
}

/** The condition over `users u`: living people of the organization who fulfil the filter. */
export function conditionOnUsers(filter: Filter | null, values: Values): string {
  const living = 'u.org_id = $1 AND u.deleted_at IS NULL'
  return filter === null ? living : `${living} AND ${whereUser(filter, values)}`
}

type DailyFilter = Extract<Filter, { kind: 'compare' }>
const daily = ['userName', 'externalId', 'emails.value']
/** Very long values are looked for in another way, by another text. */
const longestDaily = 100

/** The shapes that identity providers send all day are prepared; a name for each odd filter would fill memory. */
function isDaily(question: UserPageQuestion): question is UserPageQuestion & { filter: DailyFilter } {
  const { filter, sort } = question
  if (sort !== null || filter?.kind !== 'compare') return false
  const short = typeof filter.value === 'string' && filter.value.length <= longestDaily
  return filter.operator === 'eq' && short && daily.includes(filter.path.key)
}
