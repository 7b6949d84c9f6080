// Lists people for SCIM clients: filtered, sorted, by index.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { countUsers, readUserPage, type UserPageQuestion } from './list-users.sql.ts'
import type { SeenUser } from './rules/user.ts'

export interface UserPage {
  readonly users: readonly SeenUser[]
  /** Everyone who fulfils the filter, on whatever page. */
  readonly total: number
}

/** One page and the exact total (RFC 7644 section 3.4.2.4). `count: 0` answers the total only. */
export async function listUsers(ctx: Context, question: UserPageQuestion): Promise<UserPage> {
  demand(ctx.actor, 'scim')
  const users = question.count === 0 ? [] : await readUserPage(ctx.sql, question)
  return { users, total: await totalOf(ctx, { ...question, found: users.length }) }
}

async function totalOf(ctx: Context, question: UserPageQuestion & { found: number }): Promise<number> {
  const wholeList = question.startIndex === 1 && question.found < question.count
  return wholeList && question.filter !== null ? question.found : countUsers(ctx.sql, question.filter)
}
