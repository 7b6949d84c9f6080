// An admin gives a group another name.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transact } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { demandGroups } from './demand-groups.ts'
import { lockGroup } from './read-group.sql.ts'
import { groupName } from './rules/group-name.ts'
import { changedNames } from './rules/group.ts'
import { groupNameInUse, unknownGroup } from './rules/refusals.ts'
import { updateGroup } from './store-group.sql.ts'

/**
 * The same name again changes nothing. While an identity provider pushes the group, its name comes from there:
 * `groups/named-by-idp`. Throws `groups/bad-name`, `groups/name-in-use`, `groups/unknown`, `organizations/not-in-plan`.
 */
export async function renameGroup(ctx: Context, input: { groupId: string; name: string }): Promise<void> {
  demand(ctx.actor, 'groups:write')
  const displayName = groupName(input.name)
  try {
    await inTurn(`${ctx.orgId} group ${input.groupId}`, () =>
      transact(ctx, async tx => {
        const { scimEnforced } = await demandGroups(tx, {})
        const group = await lockGroup(tx.sql, input.groupId)
        if (group === null) throw unknownGroup(input.groupId)
        const changes = changedNames(group, { ...group, displayName })
        if (changes.length === 0) return
        if (group.linkedAt !== null && scimEnforced) throw namedByIdentityProvider(group.displayName)
        const renamed = { ...group, displayName, version: group.version + 1, lastModified: tx.clock.now() }
        await updateGroup(tx.sql, renamed)
        tx.record({ type: 'group.updated', groupId: group.id, detail: { subject: displayName, changes } })
        const subject = { subjectKind: 'group', subjectId: group.id }
        const [before, after] = [{ name: group.displayName }, { name: displayName }]
        tx.note({ action: 'group.rename', ...subject, before, after })
      }),
    )
  } catch (error) {
    throw isDuplicate(error) ? groupNameInUse(displayName) : error
  }
}

function namedByIdentityProvider(name: string): DomainError {
  return new DomainError({
    kind: 'managed-by-idp',
    code: 'groups/named-by-idp',
    message: `Your identity provider pushes "${name}" and would not find it under another name. Rename it there.`,
  })
}
