// Pages of groups.
import type { Sql } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { add, tailOf, type KeysWindow } from './keys-window.sql.ts'
import type { Place } from './place.ts'
import { escapeLike } from './text.ts'

export type GroupOrderName = 'name' | 'createdAt' | 'changedAt'

export interface GroupFilter {
  readonly search: string | null
  readonly pushed: boolean | null
  /** Only groups that this person manages. */
  readonly adminId: string | null
}

const orders: Record<GroupOrderName, { column: string; cast: string }> = {
  name: { column: 'g.name_key', cast: 'text' },
  createdAt: { column: 'g.created_at', cast: 'timestamptz' },
  changedAt: { column: 'g.last_modified', cast: 'timestamptz' },
}

/** The keys in reading order of the query: reversed when it goes backward. */
export async function readGroupKeys(
  sql: Sql,
  question: { filter: GroupFilter; order: GroupOrderName; window: KeysWindow },
): Promise<Place[]> {
  const values: unknown[] = []
  const where = conditionOf(question.filter, values)
  const { column, cast } = orders[question.order]
  const tail = tailOf({ column, cast, id: 'g.id' }, question.window, values)
  return sql.run<Place>(
    { text: `SELECT g.id, ${column}::text AS value FROM groups g WHERE ${where} ${tail}` },
    values,
  )
}

/** Groups that fulfil the filter. */
export async function countGroupKeys(sql: Sql, filter: GroupFilter): Promise<number> {
  const values: unknown[] = []
  const text = `SELECT count(*)::int AS total FROM groups g WHERE ${conditionOf(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function conditionOf(filter: GroupFilter, values: unknown[]): string {
  const conditions = ['g.org_id = $1']
  if (filter.search) {
    const pattern = `%${escapeLike(nameKey(filter.search.trim()))}%`
    conditions.push(`g.name_key LIKE ${add(values, pattern, 'text')}`)
  }
  if (typeof filter.pushed === 'boolean') {
    conditions.push(`g.linked_at IS ${filter.pushed ? 'NOT NULL' : 'NULL'}`)
  }
  if (filter.adminId !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM group_admins a
      WHERE a.org_id = $1 AND a.group_id = g.id AND a.user_id = ${add(values, filter.adminId, 'uuid')})`)
  }
  return conditions.join(' AND ')
}
