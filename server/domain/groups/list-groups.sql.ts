// Pages of groups for the SCIM door.
import type { Sql, Statement } from '#server/domain/context.ts'
import { Values } from '#server/domain/users/where-values.ts'
import type { Filter, Sort } from '#server/scim/index.ts'
import { groupColumns, groupFromRow, type GroupRow } from './read-group.sql.ts'
import type { Group } from './rules/group.ts'
import { sortGroups, whereGroup } from './where-group.ts'

export interface GroupPageQuestion {
  readonly filter: Filter | null
  readonly sort: Sort | null
  /** 1-based. */
  readonly startIndex: number
  readonly count: number
}

/** The groups of one page, in a total order: the sort if any, then id, which is the order of creation. */
export async function readGroupPage(sql: Sql, question: GroupPageQuestion): Promise<Group[]> {
  const values = new Values()
  const where = conditionOnGroups(question.filter, values)
  const limit = values.add(question.count, 'int')
  const offset = values.add(question.startIndex - 1, 'bigint')
  const order = question.sort === null ? '' : `${sortGroups(question.sort)}, `
  const text = `SELECT ${groupColumns} FROM groups g WHERE ${where} ORDER BY ${order}g.id LIMIT ${limit} OFFSET ${offset}`
  const rows = await sql.run<GroupRow>(prepared(question, text), values.list)
  return rows.map(groupFromRow)
}

/** Groups that fulfil the filter. */
export async function countGroups(sql: Sql, filter: Filter | null): Promise<number> {
  const values = new Values()
  const text = `SELECT count(*)::int AS total FROM groups g WHERE ${conditionOnGroups(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values.list)
  return row?.total ?? 0
}

/** The condition over `groups g`: groups of the organization that fulfil the filter. */
export function conditionOnGroups(filter: Filter | null, values: Values): string {
  return filter === null ? 'g.org_id = $1' : `g.org_id = $1 AND ${whereGroup(filter, values)}`
}

/** The look-ups that identity providers make all day are prepared. */
function prepared({ sort, filter }: GroupPageQuestion, text: string): Statement {
  if (sort !== null || filter?.kind !== 'compare') return { text }
  const daily = filter.operator === 'eq' && filter.value !== null
  const known = daily && ['displayName', 'externalId'].includes(filter.path.key)
  return known ? { name: `find-groups-${filter.path.key}`, text } : { text }
}
