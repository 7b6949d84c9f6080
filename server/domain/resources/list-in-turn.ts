// Lists people, then groups, each by its own index.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { listGroups, type GroupPage } from '#server/domain/groups/list-groups.ts'
import { listUsers, type UserPage } from '#server/domain/users/list-users.ts'
import type { Place } from '#server/scim/index.ts'
import type { Found, ResourcePage, ResourcesQuestion } from './resource-page.ts'

/** Among what a place is: the key of its cursor. */
const among = { people: 'people', groups: 'groups' } as const
const noGroups: GroupPage = { groups: [], total: 0, end: null }

/** One page in order of creation; it may end with the last people and the first groups. */
export function listInTurn(ctx: Context, question: ResourcesQuestion): Promise<ResourcePage> {
  demand(ctx.actor, 'scim')
  const { start } = question
  if ('skip' in start) return listNumbered(ctx, question, start.skip)
  return start.behind.key === among.groups
    ? listGroupsBehind(ctx, question)
    : listBehind(ctx, question, start.behind)
}

async function listNumbered(ctx: Context, question: ResourcesQuestion, skip: number): Promise<ResourcePage> {
  const { users, groups, count } = question
  const people = await listUsers(ctx, { ...users, sort: null, start: { skip }, count })
  const before = people.total ?? 0
  const rest = { start: { skip: Math.max(0, skip - before) }, count: count - people.users.length }
  const others = groups === null ? noGroups : await listGroups(ctx, { ...groups, ...rest, sort: null })
  return { ...joined(people, others), total: before + (others.total ?? 0) }
}

async function listBehind(ctx: Context, question: ResourcesQuestion, place: Place): Promise<ResourcePage> {
  const { users, groups, count } = question
  const start = { behind: { id: place.id, key: null } }
  const people = await listUsers(ctx, { ...users, sort: null, start, count })
  const rest = { start: { skip: 0 }, count: count - people.users.length }
  const alone = groups === null || people.end !== null
  const others = alone ? noGroups : await listGroups(ctx, { ...groups, ...rest, sort: null })
  return { ...joined(people, others), total: null }
}

async function listGroupsBehind(
  ctx: Context,
  { groups, start, count }: ResourcesQuestion,
): Promise<ResourcePage> {
  if (groups === null) return { found: [], end: null, total: null }
  const others = await listGroups(ctx, { ...groups, sort: null, start, count })
  return { ...joined({ users: [], end: null }, others), total: null }
}

function joined(people: Pick<UserPage, 'users' | 'end'>, others: GroupPage): Omit<ResourcePage, 'total'> {
  const found: Found[] = [
    ...people.users.map(user => ({ kind: 'user', user }) as const),
    ...others.groups.map(group => ({ kind: 'group', group }) as const),
  ]
  return { found, end: endOf(people, others) }
}

/** A page that is full of people, be it the last of them, leads on to the groups. */
function endOf(people: Pick<UserPage, 'users' | 'end'>, others: GroupPage): Place | null {
  if (others.end !== null) return { ...others.end, key: among.groups }
  if (people.end !== null) return { ...people.end, key: among.people }
  const last = people.users.at(-1)
  const waiting = others.groups.length === 0 && others.total !== 0
  return waiting && last !== undefined ? { id: last.id, key: among.people } : null
}
