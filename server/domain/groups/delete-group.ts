// Deletes a group as an identity provider asks (SCIM DELETE); its people stay.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { forgetGroup } from '#server/domain/group-mappings/forget-group.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { transactSql } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { endGroup } from './end-group.ts'
import { lockGroup } from './read-group.sql.ts'
import type { Group } from './rules/group.ts'
import { groupChanged, unknownGroup } from './rules/refusals.ts'

export interface DeleteGroupInput {
  readonly groupId: string
  /** Pure; false for a version that the caller did not expect (If-Match). */
  readonly expects?: ((version: number) => boolean) | undefined
}

/** Deletes the group with its memberships. Throws `groups/unknown` and `groups/version-mismatch`. */
export async function deleteGroup(ctx: Context, input: DeleteGroupInput): Promise<Group> {
  demand(ctx.actor, 'scim')
  return inTurn(`${ctx.orgId} group ${input.groupId}`, () =>
    transactSql(
      ctx,
      async tx => {
        if (isId(input.groupId)) await forgetGroup(tx, input.groupId)
        const group = await lockGroup(tx.sql, input.groupId)
        if (group === null) throw unknownGroup(input.groupId)
        if (input.expects?.(group.version) === false) throw groupChanged()
        await endGroup(tx, { group })
        return group
      },
      patienceFor(100_000),
    ),
  )
}
