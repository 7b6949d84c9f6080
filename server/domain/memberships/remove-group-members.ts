// Takes people out of a group who were put there by hand; what the identity provider gave is locked.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandGroup } from '#server/domain/groups/demand-group.ts'
import { demandGroups } from '#server/domain/groups/demand-groups.ts'
import { lockGroup } from '#server/domain/groups/read-group.sql.ts'
import { unknownGroup } from '#server/domain/groups/rules/refusals.ts'
import { updateGroup } from '#server/domain/groups/store-group.sql.ts'
import { transact } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import type { ChangeGroupMembersInput } from './add-group-members.ts'
import { moveMembers } from './move-members.ts'
import { readReasons, type Reasons } from './read-reasons.sql.ts'
import { memberEvents, patienceFor } from './rules/moved-people.ts'
import { lockReason } from './rules/source.ts'
import { isId } from './waiting-members.sql.ts'

/**
 * Takes the reason "by hand"; who has another one stays. Who is not in the group is passed over. All of them or none:
 * throws `memberships/managed-by-idp`, `groups/unknown`, `organizations/not-in-plan`. Answers how many left.
 */
export async function removeGroupMembers(ctx: Context, input: ChangeGroupMembersInput): Promise<number> {
  demand(ctx.actor, 'groups:read')
  const userIds = [...new Set(input.userIds)].filter(isId)
  const work = () =>
    transact(
      ctx,
      async tx => {
        await demandGroups(tx, {})
        await demandGroup(tx, input)
        const group = await lockGroup(tx.sql, input.groupId)
        if (group === null) throw unknownGroup(input.groupId)
        refuseLocked(await readReasons(tx.sql, { groupId: group.id, userIds }))
        const moved = await moveMembers(tx, { groupId: group.id, kind: 'manual', add: [], remove: userIds })
        if (moved.sources === 0) return 0
        if (moved.removed.count > 0) {
          await updateGroup(tx.sql, { ...group, version: group.version + 1, lastModified: tx.clock.now() })
        }
        memberEvents(group, moved).forEach(tx.record)
        const subject = { subjectKind: 'group', subjectId: group.id }
        tx.note({ action: 'group.remove_members', ...subject, after: { userIds, left: moved.removed.count } })
        return moved.removed.count
      },
      patienceFor(userIds.length),
    )
  return inTurn(`${ctx.orgId} group ${input.groupId}`, work)
}

function refuseLocked(people: readonly Reasons[]): void {
  const locked = people.filter(({ kinds }) => lockReason(kinds) !== null)
  const [first] = locked
  if (first === undefined) return
  const others = locked.length === 1 ? '' : ` and ${String(locked.length - 1)} more`
  throw new DomainError({
    kind: 'managed-by-idp',
    code: 'memberships/managed-by-idp',
    message: `${first.name}${others} cannot be removed by hand, so nobody was. ${lockReason(first.kinds) ?? ''}`,
  })
}
