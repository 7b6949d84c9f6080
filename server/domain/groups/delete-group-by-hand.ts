// An admin deletes a group: its people stay, what they had through it goes.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { forgetGroup } from '#server/domain/group-mappings/forget-group.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { transact } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { endGroup } from './end-group.ts'
import { lockGroup } from './read-group.sql.ts'
import { unknownGroup } from './rules/refusals.ts'

/** Works without the entitlement, too: who lost it may tidy up. Throws `groups/unknown`. */
export async function deleteGroupByHand(ctx: Context, input: { groupId: string }): Promise<void> {
  demand(ctx.actor, 'groups:write')
  await inTurn(`${ctx.orgId} group ${input.groupId}`, () =>
    transact(
      ctx,
      async tx => {
        if (isId(input.groupId)) await forgetGroup(tx, input.groupId)
        const group = await lockGroup(tx.sql, input.groupId)
        if (group === null) throw unknownGroup(input.groupId)
        const people = await endGroup(tx, { group })
        const subject = { subjectKind: 'group', subjectId: group.id }
        tx.note({ action: 'group.delete', ...subject, before: { name: group.displayName, people } })
      },
      patienceFor(100_000),
    ),
  )
}
