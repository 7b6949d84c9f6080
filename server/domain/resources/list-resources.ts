// Lists people and groups together for SCIM clients: people first, or all of them in one order.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { listGroups } from '#server/domain/groups/list-groups.ts'
import type { Group } from '#server/domain/groups/rules/group.ts'
import { countGroups } from '#server/domain/groups/list-groups.sql.ts'
import { countUsers } from '#server/domain/users/list-users.sql.ts'
import { listUsers } from '#server/domain/users/list-users.ts'
import type { SeenUser } from '#server/domain/users/rules/user.ts'
import type { Filter } from '#server/scim/index.ts'
import { readGroupsOf, readResourceKeys, readUsersOf, type ResourceOrder } from './list-resources.sql.ts'

export interface ResourcesQuestion {
  readonly users: { readonly filter: Filter | null }
  /** Null where the organization takes no groups. */
  readonly groups: { readonly filter: Filter | null } | null
  /** Null for people in order of creation, then groups in order of creation. */
  readonly order: ResourceOrder | null
  /** 1-based. */
  readonly startIndex: number
  readonly count: number
}

export type Found =
  { readonly kind: 'user'; readonly user: SeenUser } | { readonly kind: 'group'; readonly group: Group }

export interface ResourcePage {
  readonly found: readonly Found[]
  readonly total: number
}

/** One page over both types and the exact total (RFC 7644 section 3.4.2.1), in a total order. */
export async function listResources(ctx: Context, question: ResourcesQuestion): Promise<ResourcePage> {
  demand(ctx.actor, 'scim')
  return question.order === null ? listInTurn(ctx, question) : listSorted(ctx, question, question.order)
}

/** Each type by its own index; a page may end with the last people and the first groups. */
async function listInTurn(ctx: Context, question: ResourcesQuestion): Promise<ResourcePage> {
  const { startIndex, count } = question
  const people = await listUsers(ctx, { ...question.users, sort: null, startIndex, count })
  const found: Found[] = people.users.map(user => ({ kind: 'user', user }))
  if (question.groups === null) return { found, total: people.total }
  const groups = await listGroups(ctx, {
    ...question.groups,
    sort: null,
    startIndex: Math.max(1, startIndex - people.total),
    count: count - found.length,
  })
  found.push(...groups.groups.map(group => ({ kind: 'group', group }) as const))
  return { found, total: people.total + groups.total }
}

async function listSorted(
  ctx: Context,
  question: ResourcesQuestion,
  order: ResourceOrder,
): Promise<ResourcePage> {
  const keys = question.count === 0 ? [] : await readResourceKeys(ctx.sql, { ...question, order })
  const ids = (kind: Found['kind']): string[] => keys.flatMap(key => (key.kind === kind ? [key.id] : []))
  const people = new Map((await readUsersOf(ctx.sql, ids('user'))).map(user => [user.id, user]))
  const groups = new Map((await readGroupsOf(ctx.sql, ids('group'))).map(group => [group.id, group]))
  const found = keys.flatMap(({ id }): Found[] => {
    const [user, group] = [people.get(id), groups.get(id)]
    if (user !== undefined) return [{ kind: 'user', user }]
    return group === undefined ? [] : [{ kind: 'group', group }]
  })
  const total = await countUsers(ctx.sql, question.users.filter)
  return {
    found,
    total: question.groups === null ? total : total + (await countGroups(ctx.sql, question.groups.filter)),
  }
}
