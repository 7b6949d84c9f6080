// What putting people into a group by hand would do. Writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { demandGroup } from '#server/domain/groups/demand-group.ts'
import { demandGroups } from '#server/domain/groups/demand-groups.ts'
import { readGroup } from '#server/domain/groups/read-group.sql.ts'
import { unknownGroup } from '#server/domain/groups/rules/refusals.ts'
import { peopleList } from '#server/domain/users/rules/people-list.ts'
import type { ChangeGroupMembersInput } from './add-group-members.ts'
import { readJoining } from './read-joining.sql.ts'
import { isId } from './waiting-members.sql.ts'

export interface GroupMembersPreview {
  readonly joining: number
  /** In the group already, for whatever reason. */
  readonly present: number
  /** No living people of the organization (any more): with one of them nobody would be added. */
  readonly unknown: readonly string[]
}

/** Throws `groups/unknown`, `users/too-many`, `organizations/not-in-plan`. */
export async function previewGroupMembers(
  ctx: Context,
  input: ChangeGroupMembersInput,
): Promise<GroupMembersPreview> {
  demand(ctx.actor, 'groups:read')
  const userIds = peopleList(input.userIds)
  await demandGroups(ctx, {})
  await demandGroup(ctx, input)
  const group = await readGroup(ctx.sql, input.groupId)
  if (group === null) throw unknownGroup(input.groupId)
  const people = await readJoining(ctx.sql, { groupId: group.id, userIds: userIds.filter(isId) })
  const known = new Set(people.map(({ id }) => id))
  const present = people.filter(person => person.present).length
  return {
    joining: people.length - present,
    present,
    unknown: userIds.filter(id => !known.has(id)),
  }
}
