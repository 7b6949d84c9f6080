// Keys of one page of people: found in an index where there is one, so that any page of 100,000 costs about the same.
import type { Sql } from '#server/domain/context.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import type { UserStatus } from '#server/domain/users/rules/user.ts'
import { escapeLike } from './text.ts'

export interface UserFilter {
  /** Everyone but deleted people when null. */
  readonly status: readonly UserStatus[] | null
  readonly search: string | null
  readonly role: readonly string[] | null
  readonly linked: boolean | null
  readonly identityProviderGroup: string | null
  /** Only members of this group. */
  readonly groupId: string | null
}

export type UserOrderName = 'name' | 'userName' | 'createdAt' | 'provisionedAt'

export interface UserOrder {
  readonly field: UserOrderName
  readonly direction: 'asc' | 'desc'
}

/** A place in the order: the value that is sorted by, as text, and the id that breaks ties. */
export interface UserPlace {
  readonly value: string
  readonly id: string
}

export interface UserKeysQuestion {
  readonly filter: UserFilter
  readonly order: UserOrder
  /** Only people behind (or before, with `backward`) this place. */
  readonly from: UserPlace | null
  readonly backward: boolean
  readonly take: number
  readonly skip: number
}

/** What is sorted by, and how its text is read back. Fixed texts, never a caller's. */
const orders: Record<UserOrderName, { column: string; cast: string }> = {
  name: { column: 'u.display_name', cast: 'text' },
  userName: { column: 'u.user_name_key', cast: 'text' },
  createdAt: { column: 'u.created_at', cast: 'timestamptz' },
  provisionedAt: { column: `COALESCE(u.provisioned_at, '-infinity'::timestamptz)`, cast: 'timestamptz' },
}

const present: readonly UserStatus[] = ['pending', 'active', 'deactivated']

/** The states a filter means. */
export function statusesOf(filter: UserFilter): readonly UserStatus[] {
  return filter.status ?? present
}

/** The keys in reading order of the query: reversed when it goes backward. */
export async function readUserKeys(sql: Sql, question: UserKeysQuestion): Promise<UserPlace[]> {
  const values: unknown[] = []
  const where = conditionOf(question.filter, values)
  const { column, cast } = orders[question.order.field]
  const descending = (question.order.direction === 'desc') !== question.backward
  const direction = descending ? 'DESC' : 'ASC'
  const place = question.from
  const after =
    place === null
      ? ''
      : `AND (${column}, u.id) ${descending ? '<' : '>'} (${add(values, place.value, cast)}, ${add(values, place.id, 'uuid')})`
  const limit = add(values, question.take, 'int')
  const offset = add(values, question.skip, 'bigint')
  const text = `SELECT u.id, ${column}::text AS value FROM users u WHERE ${where} ${after}
    ORDER BY ${column} ${direction}, u.id ${direction} LIMIT ${limit} OFFSET ${offset}`
  return sql.run<UserPlace>({ text }, values)
}

/** How many people fulfil the filter: from the counters when only their state is asked for. */
export async function countUsers(sql: Sql, filter: UserFilter): Promise<number> {
  const { search, role, linked, identityProviderGroup, groupId } = filter
  const others = [role, linked, groupId].some(each => each !== null)
  const onlyStatus = !search && !identityProviderGroup && !others
  const values: unknown[] = []
  const text = onlyStatus
    ? `SELECT (${[...new Set(statusesOf(filter)), '0'].join(' + ')})::int AS total FROM organization_streams WHERE org_id = $1`
    : `SELECT count(*)::int AS total FROM users u WHERE ${conditionOf(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function conditionOf(filter: UserFilter, values: unknown[]): string {
  const statuses = statusesOf(filter)
  const conditions = [
    'u.org_id = $1',
    statuses.length === 1
      ? `u.status = ${add(values, statuses[0], 'text')}`
      : `u.status = ANY(${add(values, statuses, 'text[]')})`,
  ]
  if (filter.search) {
    const pattern = `%${escapeLike(nameKey(filter.search.trim()))}%`
    conditions.push(`u.search_key LIKE ${add(values, pattern, 'text')}`)
  }
  if (filter.role) conditions.push(`u.role = ANY(${add(values, filter.role, 'text[]')})`)
  if (typeof filter.linked === 'boolean') {
    conditions.push(`u.linked_at IS ${filter.linked ? 'NOT NULL' : 'NULL'}`)
  }
  if (filter.identityProviderGroup) {
    conditions.push(`${add(values, filter.identityProviderGroup, 'text')} = ANY(u.identity_provider_groups)`)
  }
  if (filter.groupId !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM memberships m
      WHERE m.org_id = $1 AND m.group_id = ${add(values, filter.groupId, 'uuid')} AND m.user_id = u.id)`)
  }
  return conditions.join(' AND ')
}

function add(values: unknown[], value: unknown, cast: string): string {
  values.push(value)
  return `$${String(values.length + 1)}::${cast}`
}
