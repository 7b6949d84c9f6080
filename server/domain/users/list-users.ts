// Lists people for SCIM clients: filtered, sorted, by number or behind a place.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { totalFromPage } from '#server/domain/lists/total-from-page.ts'
import type { Place } from '#server/scim/index.ts'
import { countUsers, readUserPage, type UserPageQuestion } from './list-users.sql.ts'
import type { SeenUser } from './rules/user.ts'

export interface UserPage {
  readonly users: readonly SeenUser[]
  /** Everyone who fulfils the filter, on whatever page; null when only a walk through all people could tell. */
  readonly total: number | null
  /** Where the next page begins; null on the last one. */
  readonly end: Place | null
}

/**
 * One page and the exact total (RFC 7644 section 3.4.2.4). Behind a place the total is told only if a counter knows it
 * (RFC 9865 section 2): each page would cost a count otherwise. `count: 0` answers the total only.
 */
export async function listUsers(ctx: Context, question: UserPageQuestion): Promise<UserPage> {
  demand(ctx.actor, 'scim')
  const { filter, count } = question
  const { rows, end } = count === 0 ? { rows: [], end: null } : await readUserPage(ctx.sql, question)
  if (filter === null) return { users: rows, end, total: await countUsers(ctx.sql, null) }
  const total = totalFromPage(question, { found: rows.length, more: end !== null })
  return { users: rows, end, total: total === 'count' ? await countUsers(ctx.sql, filter) : total }
}
