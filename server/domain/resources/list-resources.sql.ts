// Pages over people and groups in one order: keys of both first, then the rows of one page.
import type { Sql } from '#server/domain/context.ts'
import { conditionOnGroups } from '#server/domain/groups/list-groups.sql.ts'
import { groupColumns, groupFromRow, type GroupRow } from '#server/domain/groups/read-group.sql.ts'
import type { Group } from '#server/domain/groups/rules/group.ts'
import { groupSortKey } from '#server/domain/groups/where-group.ts'
import { readKeysPage, type ListPage, type ListStart } from '#server/domain/lists/read-list.sql.ts'
import { conditionOnUsers } from '#server/domain/users/list-users.sql.ts'
import { seenColumns, seenFromRow, type SeenRow } from '#server/domain/users/read-user.sql.ts'
import type { SeenUser } from '#server/domain/users/rules/user.ts'
import { userSortKey } from '#server/domain/users/sort-users.ts'
import type { AttributePath, Filter, Sort } from '#server/scim/index.ts'

/** What each type is sorted by; a type without the attribute has no value in it (null). */
export interface ResourceOrder {
  readonly users: AttributePath | null
  readonly groups: AttributePath | null
  readonly order: Sort['order']
}

export interface ResourceKey {
  readonly kind: 'user' | 'group'
  readonly id: string
}

interface KeysQuestion {
  readonly users: { readonly filter: Filter | null }
  readonly groups: { readonly filter: Filter | null } | null
  readonly order: ResourceOrder
  readonly start: ListStart
  readonly count: number
}

/** Ids of one page in a total order: the sort, then the id. */
export function readResourceKeys(sql: Sql, question: KeysQuestion): Promise<ListPage<ResourceKey>> {
  const { users, groups, order, start, count } = question
  const ofUsers = order.users === null ? null : userSortKey(order.users)
  const ofGroups = order.groups === null ? null : groupSortKey(order.groups)
  const { key: _key, ...key } = ofUsers ?? ofGroups ?? { cast: 'text' as const, key: '' }
  return readKeysPage<ResourceKey>(sql, {
    order: { ...key, key: 'k.key', optional: true, computed: true, descending: order.order === 'descending' },
    start,
    count,
    candidates: values => {
      const people = `SELECT 'user' AS kind, u.id, ${ofUsers?.key ?? 'NULL'} AS key
        FROM users u WHERE ${conditionOnUsers(users.filter, values)}`
      if (groups === null) return people
      return `${people} UNION ALL SELECT 'group', g.id, ${ofGroups?.key ?? 'NULL'}
        FROM groups g WHERE ${conditionOnGroups(groups.filter, values)}`
    },
  })
}

/** The living people among these ids, in no order. */
export async function readUsersOf(sql: Sql, ids: readonly string[]): Promise<SeenUser[]> {
  if (ids.length === 0) return []
  const text = `SELECT ${seenColumns} FROM users u WHERE u.org_id = $1 AND u.id = ANY($2::uuid[]) AND u.deleted_at IS NULL`
  return (await sql.run<SeenRow>({ text }, [ids])).map(seenFromRow)
}

/** The groups among these ids, in no order. */
export async function readGroupsOf(sql: Sql, ids: readonly string[]): Promise<Group[]> {
  if (ids.length === 0) return []
  const text = `SELECT ${groupColumns} FROM groups g WHERE g.org_id = $1 AND g.id = ANY($2::uuid[])`
  return (await sql.run<GroupRow>({ text }, [ids])).map(groupFromRow)
}
