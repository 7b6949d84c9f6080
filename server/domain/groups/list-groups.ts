// Lists groups for SCIM clients: filtered, sorted, by number or behind a place, without their members.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { totalFromPage } from '#server/domain/lists/total-from-page.ts'
import type { Place } from '#server/scim/index.ts'
import { countGroups, readGroupPage, type GroupPageQuestion } from './list-groups.sql.ts'
import type { Group } from './rules/group.ts'

export interface GroupPage {
  readonly groups: readonly Group[]
  /** All that fulfil the filter, on whatever page; null behind a place, where each page would cost a count. */
  readonly total: number | null
  /** Where the next page begins; null on the last one. */
  readonly end: Place | null
}

/** One page and the exact total (RFC 7644 section 3.4.2.4, RFC 9865 section 2). `count: 0` answers the total only. */
export async function listGroups(ctx: Context, question: GroupPageQuestion): Promise<GroupPage> {
  demand(ctx.actor, 'scim')
  const { rows, end } =
    question.count === 0 ? { rows: [], end: null } : await readGroupPage(ctx.sql, question)
  const total = totalFromPage(question, { found: rows.length, more: end !== null })
  return { groups: rows, end, total: total === 'count' ? await countGroups(ctx.sql, question.filter) : total }
}
