// An admin makes a group.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transact } from '#server/domain/transact.ts'
import { demandGroups } from './demand-groups.ts'
import { groupName } from './rules/group-name.ts'
import type { Group } from './rules/group.ts'
import { groupNameInUse } from './rules/refusals.ts'
import { insertGroup } from './store-group.sql.ts'

/** Throws `groups/bad-name`, `groups/name-in-use`, `organizations/not-in-plan`. Answers the new group's id. */
export async function createGroupByHand(ctx: Context, input: { name: string }): Promise<string> {
  demand(ctx.actor, 'groups:write')
  const displayName = groupName(input.name)
  try {
    return await transact(ctx, async tx => {
      await demandGroups(tx, {})
      const now = tx.clock.now()
      const dates = { linkedAt: null, createdAt: now, lastModified: now }
      const group: Group = { id: tx.clock.newId(), displayName, externalId: null, version: 1, ...dates }
      await insertGroup(tx.sql, group)
      tx.record({ type: 'group.created', groupId: group.id, detail: { subject: displayName } })
      const subject = { subjectKind: 'group', subjectId: group.id }
      tx.note({ action: 'group.create', ...subject, after: { name: displayName } })
      return group.id
    })
  } catch (error) {
    throw isDuplicate(error) ? groupNameInUse(displayName) : error
  }
}
