// Lists people and groups together for SCIM clients: people first, or all of them in one order.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { countGroups } from '#server/domain/groups/list-groups.sql.ts'
import { totalFromPage } from '#server/domain/lists/total-from-page.ts'
import { countUsers } from '#server/domain/users/list-users.sql.ts'
import { listInTurn } from './list-in-turn.ts'
import type { Found, ResourcePage, ResourcesQuestion } from './resource-page.ts'
import {
  readGroupsOf,
  readResourceKeys,
  readUsersOf,
  type ResourceKey,
  type ResourceOrder,
} from './list-resources.sql.ts'

/** One page over both types and the exact total (RFC 7644 section 3.4.2.1), in a total order. */
export async function listResources(ctx: Context, question: ResourcesQuestion): Promise<ResourcePage> {
  demand(ctx.actor, 'scim')
  return question.order === null ? listInTurn(ctx, question) : listSorted(ctx, question, question.order)
}

async function listSorted(
  ctx: Context,
  question: ResourcesQuestion,
  order: ResourceOrder,
): Promise<ResourcePage> {
  const { count, users, groups } = question
  const page = count === 0 ? { rows: [], end: null } : await readResourceKeys(ctx.sql, { ...question, order })
  const known = totalFromPage(question, { found: page.rows.length, more: page.end !== null })
  const total =
    known === 'count'
      ? (await countUsers(ctx.sql, users.filter)) +
        (groups === null ? 0 : await countGroups(ctx.sql, groups.filter))
      : known
  return { found: await readFound(ctx, page.rows), end: page.end, total }
}

async function readFound(ctx: Context, keys: readonly ResourceKey[]): Promise<Found[]> {
  const ids = (kind: Found['kind']): string[] => keys.flatMap(key => (key.kind === kind ? [key.id] : []))
  const people = new Map((await readUsersOf(ctx.sql, ids('user'))).map(user => [user.id, user]))
  const groups = new Map((await readGroupsOf(ctx.sql, ids('group'))).map(group => [group.id, group]))
  return keys.flatMap(({ id }): Found[] => {
    const [user, group] = [people.get(id), groups.get(id)]
    if (user !== undefined) return [{ kind: 'user', user }]
    return group === undefined ? [] : [{ kind: 'group', group }]
  })
}
