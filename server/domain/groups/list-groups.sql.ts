// Pages of groups for the SCIM door.
import type { Sql } from '#server/domain/context.ts'
import { readListPage, type ListPage, type ListStart } from '#server/domain/lists/read-list.sql.ts'
import { Values, type SqlText } from '#server/domain/users/where-values.ts'
import type { Filter, Sort } from '#server/scim/index.ts'
import { groupColumns, groupFromRow, type GroupRow } from './read-group.sql.ts'
import type { Group } from './rules/group.ts'
import { sortGroups, whereGroup } from './where-group.ts'

export interface GroupPageQuestion {
  readonly filter: Filter | null
  readonly sort: Sort | null
  readonly start: ListStart
  readonly count: number
}

const table = { name: 'groups', alias: 'g', columns: groupColumns } as const

/** The groups of one page, in a total order: the sort if any, then id, which is the order of creation. */
export async function readGroupPage(sql: Sql, question: GroupPageQuestion): Promise<ListPage<Group>> {
  const { filter, sort, start, count } = question
  const { rows, end } = await readListPage<GroupRow>(sql, {
    table,
    condition: values => conditionOnGroups(filter, values),
    order: sort === null ? null : sortGroups(sort),
    start,
    count,
    ...prepared(question),
  })
  return { rows: rows.map(groupFromRow), end }
}

/** Groups that fulfil the filter. */
export async function countGroups(sql: Sql, filter: Filter | null): Promise<number> {
  const values = new Values()
  const text = `SELECT count(*)::int AS total FROM groups g WHERE ${conditionOnGroups(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values.list)
  return row?.total ?? 0
}

/** The condition over `groups g`: groups of the organization that fulfil the filter. */
export function conditionOnGroups(filter: Filter | null, values: Values): SqlText {
  return filter === null ? 'g.org_id = $1' : `g.org_id = $1 AND ${whereGroup(filter, values)}`
}

/** The look-ups that identity providers make all day are prepared. */
function prepared({ sort, filter }: GroupPageQuestion): { name?: string; few?: boolean } {
  if (sort !== null || filter?.kind !== 'compare') return {}
  const daily = filter.operator === 'eq' && filter.value !== null
  const known = daily && ['displayName', 'externalId'].includes(filter.path.key)
  return known ? { name: `find-groups-${filter.path.key}`, few: true } : {}
}
