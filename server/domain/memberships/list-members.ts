// Lists the members of one or many groups for SCIM clients, in one query.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readMembers, type Related } from './read-members.sql.ts'

/** Members by group, in order of creation; groups without members are missing. */
export async function listMembers(
  ctx: Context,
  input: { groupIds: readonly string[] },
): Promise<ReadonlyMap<string, readonly Related[]>> {
  demand(ctx.actor, 'scim')
  return readMembers(ctx.sql, input.groupIds)
}
