// Puts people into a group by hand, beside what the identity provider does.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { demandGroup } from '#server/domain/groups/demand-group.ts'
import { demandGroups } from '#server/domain/groups/demand-groups.ts'
import { lockGroup } from '#server/domain/groups/read-group.sql.ts'
import { unknownGroup } from '#server/domain/groups/rules/refusals.ts'
import { updateGroup } from '#server/domain/groups/store-group.sql.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { moveMembers } from './move-members.ts'
import { readReasons } from './read-reasons.sql.ts'
import { isId } from './waiting-members.sql.ts'
import { byHand } from './rules/source.ts'
import { memberEvents, patienceFor } from './rules/moved-people.ts'

export interface ChangeGroupMembersInput {
  readonly groupId: string
  readonly userIds: readonly string[]
}

export interface GroupMembersAdded {
  readonly joined: number
  /** Who has the reason "by hand" by this call and not from before: what undoing takes it from. */
  readonly given: readonly string[]
}

/**
 * Who is in already stays, and gets the reason "by hand" as well. All of them or none: throws
 * `memberships/unknown-person`, `groups/unknown`, `organizations/not-in-plan`.
 */
export async function addGroupMembers(
  ctx: Context,
  input: ChangeGroupMembersInput,
): Promise<GroupMembersAdded> {
  demand(ctx.actor, 'groups:read')
  const userIds = [...new Set(input.userIds)]
  if (!userIds.every(isId)) throw unknownPerson()
  const work = () =>
    transact(
      ctx,
      async tx => {
        await demandGroups(tx, {})
        await demandGroup(tx, input)
        const group = await lockGroup(tx.sql, input.groupId)
        if (group === null) throw unknownGroup(input.groupId)
        const given = await withoutHand(tx, { groupId: group.id, userIds })
        const detail = byHand(tx.actor)
        const move = { groupId: group.id, kind: 'manual', add: userIds, remove: [], detail } as const
        const moved = await moveMembers(tx, move)
        if (moved.unknown.length > 0) throw unknownPerson()
        if (moved.sources === 0) return { joined: 0, given: [] }
        if (moved.added.count > 0) {
          await updateGroup(tx.sql, { ...group, version: group.version + 1, lastModified: tx.clock.now() })
        }
        memberEvents(group, moved).forEach(tx.record)
        const subject = { subjectKind: 'group', subjectId: group.id }
        tx.note({ action: 'group.add_members', ...subject, after: { userIds, joined: moved.added.count } })
        return { joined: moved.added.count, given }
      },
      patienceFor(userIds.length),
    )
  return inTurn(`${ctx.orgId} group ${input.groupId}`, work)
}

/** The group's row is locked, so nobody else gives or takes the reason meanwhile. */
async function withoutHand(tx: Transaction, what: ChangeGroupMembersInput): Promise<string[]> {
  const reasons = await readReasons(tx.sql, what)
  const placed = new Set(reasons.flatMap(({ userId, kinds }) => (kinds.includes('manual') ? [userId] : [])))
  return what.userIds.filter(id => !placed.has(id))
}

function unknownPerson() {
  const message =
    'Someone of the list is not in this organization (any more), so nobody was added. Choose again.'
  return invalidInput('memberships/unknown-person', [{ path: 'userIds', message }])
}
