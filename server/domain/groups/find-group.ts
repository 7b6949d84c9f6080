// Finds one group by id for SCIM clients, without its members.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { readGroup } from './read-group.sql.ts'
import type { Group } from './rules/group.ts'
import { unknownGroup } from './rules/refusals.ts'

/** Throws `groups/unknown` for unknown and foreign ids alike. */
export async function findGroup(ctx: Context, input: { groupId: string }): Promise<Group> {
  demand(ctx.actor, 'scim')
  const group = await readGroup(ctx.sql, input.groupId)
  if (group === null) throw unknownGroup(input.groupId)
  return group
}
