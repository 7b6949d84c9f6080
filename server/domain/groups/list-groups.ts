// Lists groups for SCIM clients: filtered, sorted, by index, without their members.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { countGroups, readGroupPage, type GroupPageQuestion } from './list-groups.sql.ts'
import type { Group } from './rules/group.ts'

export interface GroupPage {
  readonly groups: readonly Group[]
  /** All that fulfil the filter, on whatever page. */
  readonly total: number
}

/** One page and the exact total (RFC 7644 section 3.4.2.4). `count: 0` answers the total only. */
export async function listGroups(ctx: Context, question: GroupPageQuestion): Promise<GroupPage> {
  demand(ctx.actor, 'scim')
  const groups = question.count === 0 ? [] : await readGroupPage(ctx.sql, question)
  const wholeList = question.startIndex === 1 && groups.length < question.count
  return { groups, total: wholeList ? groups.length : await countGroups(ctx.sql, question.filter) }
}
