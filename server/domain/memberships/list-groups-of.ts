// Lists the groups of one or many people for SCIM clients, in one query.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readGroupsOf, type Related } from './read-members.sql.ts'

/** Groups by person, in order of creation; people without groups are missing. */
export async function listGroupsOf(
  ctx: Context,
  input: { userIds: readonly string[] },
): Promise<ReadonlyMap<string, readonly Related[]>> {
  demand(ctx.actor, 'scim')
  return readGroupsOf(ctx.sql, input.userIds)
}
