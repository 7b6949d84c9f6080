// Whether the caller may manage one group: everybody who may write groups, and its own admins.
import { demand, managesOwnGroupsOnly, may, type Actor } from '#server/domain/actor.ts'
import type { Sql } from '#server/domain/context.ts'
import { isGroupAdmin } from './group-admins.sql.ts'
import { unknownGroup } from './rules/refusals.ts'

/** Throws `actor/not-permitted`; for a group admin a group of others is unknown: `groups/unknown`. */
export async function demandGroup(
  ctx: { readonly actor: Actor; readonly sql: Sql },
  input: { groupId: string },
): Promise<void> {
  const { actor } = ctx
  if (may(actor, 'groups:write')) return
  if (!managesOwnGroupsOnly(actor)) {
    demand(actor, 'groups:write')
    return
  }
  const own = await isGroupAdmin(ctx.sql, { groupId: input.groupId, userId: actor.userId })
  if (!own) throw unknownGroup(input.groupId)
}
