// Pages of a group's members, and who could become one.
import type { Sql } from '#server/domain/context.ts'
import type { SourceKind } from '#server/domain/memberships/rules/source.ts'
import { nameKey } from '#server/domain/users/rules/normal-form.ts'
import { add, tailOf, type KeysWindow } from './keys-window.sql.ts'
import { escapeLike } from './text.ts'

export interface MemberFilter {
  readonly groupId: string
  readonly search: string | null
  readonly kinds: readonly SourceKind[] | null
}

export interface MemberRow {
  readonly id: string
  readonly value: string
  readonly userName: string
  readonly email: string | null
  readonly status: string
  readonly joinedAt: Date
}

/** Members by name. */
export async function readMemberPage(
  sql: Sql,
  question: { filter: MemberFilter; window: KeysWindow; skip: number },
): Promise<MemberRow[]> {
  const values: unknown[] = []
  const where = memberCondition(question.filter, values)
  const tail = tailOf({ column: 'u.display_name', cast: 'text', id: 'u.id' }, question.window, values)
  const offset = add(values, question.skip, 'bigint')
  const text = `SELECT u.id, u.display_name AS value, u.user_name AS "userName", u.email, u.status,
      m.created_at AS "joinedAt"
    FROM memberships m JOIN users u ON u.org_id = $1 AND u.id = m.user_id WHERE ${where} ${tail} OFFSET ${offset}`
  return sql.run<MemberRow>({ text }, values)
}

/** Members that fulfil the filter. */
export async function countMemberRows(sql: Sql, filter: MemberFilter): Promise<number> {
  const values: unknown[] = []
  const text = `SELECT count(*)::int AS total
    FROM memberships m JOIN users u ON u.org_id = $1 AND u.id = m.user_id WHERE ${memberCondition(filter, values)}`
  const [row] = await sql.run<{ total: number }>({ text }, values)
  return row?.total ?? 0
}

function memberCondition(filter: MemberFilter, values: unknown[]): string {
  const conditions = [`m.org_id = $1 AND m.group_id = ${add(values, filter.groupId, 'uuid')}`]
  if (filter.search) {
    const pattern = `%${escapeLike(nameKey(filter.search.trim()))}%`
    conditions.push(`u.search_key LIKE ${add(values, pattern, 'text')}`)
  }
  if (filter.kinds !== null) {
    conditions.push(`EXISTS (SELECT 1 FROM membership_sources s WHERE s.org_id = $1 AND s.group_id = m.group_id
      AND s.user_id = m.user_id AND s.kind = ANY(string_to_array(${add(values, filter.kinds.join(','), 'text')}, ',')))`)
  }
  return conditions.join(' AND ')
}

/** People outside of the group who fit the search, by name. */
export function readCandidates(
  sql: Sql,
  question: { groupId: string; search: string; take: number },
): Promise<{ id: string; name: string; userName: string }[]> {
  const pattern = `%${escapeLike(nameKey(question.search.trim()))}%`
  const text = `SELECT u.id, u.display_name AS name, u.user_name AS "userName" FROM users u
    WHERE u.org_id = $1 AND u.deleted_at IS NULL AND u.search_key LIKE $3::text
      AND NOT EXISTS (SELECT 1 FROM memberships m
        WHERE m.org_id = $1 AND m.group_id = $2::uuid AND m.user_id = u.id)
    ORDER BY u.display_name, u.id LIMIT $4::int`
  return sql.run({ text }, [question.groupId, pattern, question.take])
}
