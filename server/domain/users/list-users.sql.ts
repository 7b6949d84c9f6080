// Pages of people for the SCIM door.
import type { Sql, Statement } from '#server/domain/context.ts'
import { readListPage, type ListPage, type ListStart } from '#server/domain/lists/read-list.sql.ts'
import type { Filter, Sort } from '#server/scim/index.ts'
import { sortUsers } from './sort-users.ts'
import { groupsColumn, seenColumns, seenFromRow, type SeenRow } from './read-user.sql.ts'
import type { SeenUser } from './rules/user.ts'
import { isSelective } from './where-indexed.ts'
import { whereUser } from './where.ts'
import { Values, type SqlText } from './where-values.ts'

export interface UserPageQuestion {
  readonly filter: Filter | null
  readonly sort: Sort | null
  readonly start: ListStart
  readonly count: number
  /** Reads the groups of each person, too. */
  readonly withGroups?: boolean
}

const table = { name: 'users', alias: 'u' } as const
const columnsWithGroups = `${seenColumns}, ${groupsColumn}`

/** The people of one page, in a total order: the sort if any, then id, which is the order of creation. */
export async function readUserPage(sql: Sql, question: UserPageQuestion): Promise<ListPage<SeenUser>> {
  const { filter, sort, start, count, withGroups = false } = question
  const { name, ...rest } = prepared(question)
  const { rows, end } = await readListPage<SeenRow>(sql, {
    table: { ...table, columns: withGroups ? columnsWithGroups : seenColumns },
    condition: values => conditionOnUsers(filter, values),
    order: sort === null ? null : sortUsers(sort),
    start,
    count,
    ...rest,
    ...(name === undefined ? {} : { name: withGroups ? `${name}-with-groups` : name }),
  })
  return { rows: rows.map(seenFromRow), end }
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
export function conditionOnUsers(filter: Filter | null, values: Values): SqlText {
  const living = 'u.org_id = $1 AND u.deleted_at IS NULL'
  return filter === null ? living : `${living} AND ${whereUser(filter, values)}`
}

const daily = ['userName', 'externalId', 'emails.value']
/** Very long values are looked for in another way, by another text. */
const longestDaily = 100

/** The shapes that identity providers send all day are prepared. */
function prepared({ filter, sort }: UserPageQuestion): { name?: string; few?: boolean } {
  if (sort !== null) return {}
  if (filter === null) return { name: 'page-users' }
  const few = isSelective(filter)
  if (!few || filter.kind !== 'compare' || !daily.includes(filter.path.key)) return { few }
  return String(filter.value).length <= longestDaily
    ? { name: `find-users-${filter.path.key}`, few }
    : { few }
}
