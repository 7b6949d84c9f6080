// Pages of people for the SCIM door: keys first, then the rows of one page.
import type { Sql, Statement } from '#server/domain/context.ts'
import { sortUsers } from './sort-users.ts'
import { userColumns, userFromRow, type UserRow } from './read-user.sql.ts'
import type { User } from './rules/user.ts'
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
export async function readUserPage(sql: Sql, question: UserPageQuestion): Promise<User[]> {
  const values = new Values()
  const where = conditionOf(question.filter, values)
  const limit = values.add(question.count, 'int')
  const offset = values.add(question.startIndex - 1, 'bigint')
  const order = question.sort === null ? '' : `${sortUsers(question.sort)}, `
  const keys = `SELECT u.id, row_number() OVER () AS place FROM (
      SELECT u.id FROM users u WHERE ${where} ORDER BY ${order}u.id LIMIT ${limit} OFFSET ${offset}) u`
  const text = `SELECT ${userColumns} FROM (${keys}) k JOIN users u ON u.org_id = $1 AND u.id = k.id ORDER BY k.place`
  const rows = await sql.run<UserRow>(prepared(question, text), values.list)
  return rows.map(userFromRow)
}

/** People who fulfil the filter. */
export async function countUsers(sql: Sql, filter: Filter): Promise<number> {
  const values = new Values()
  const text = `SELECT count(*)::int AS total FROM users u WHERE ${conditionOf(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values.list)
  return row?.total ?? 0
}

const everyone: Statement = {
  name: 'count-everyone',
  text: 'SELECT pending + active + deactivated AS total FROM organization_streams WHERE org_id = $1',
}

/** Everyone whom SCIM clients can see, from the counters. */
export async function countEveryone(sql: Sql): Promise<number> {
  const [row] = await sql.run<{ total: number }>(everyone, [])
  return row?.total ?? 0
}

function conditionOf(filter: Filter | null, values: Values): string {
  const living = 'u.org_id = $1 AND u.deleted_at IS NULL'
  return filter === null ? living : `${living} AND ${whereUser(filter, values)}`
}

/** The shapes that identity providers send all day are prepared; a name for each odd filter would fill memory. */
function prepared(question: UserPageQuestion, text: string): Statement {
  if (question.sort !== null) return { text }
  if (question.filter === null) return { name: 'page-users', text }
  const { filter } = question
  const daily = filter.kind === 'compare' && filter.operator === 'eq' && filter.value !== null
  const known = daily && ['userName', 'externalId', 'emails.value'].includes(filter.path.key)
  return known ? { name: `find-users-${filter.path.key}`, text } : { text }
}
