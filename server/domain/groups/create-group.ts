// Creates a group that the identity provider pushes (SCIM POST), with its members.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { changeMembers } from '#server/domain/memberships/change-members.ts'
import { memberEvents, patienceFor, type MovedPeople } from '#server/domain/memberships/rules/moved-people.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transactSql } from '#server/domain/transact.ts'
import { demandGroupsInPlan } from './groups-in-plan.sql.ts'
import type { Group, GroupNames } from './rules/group.ts'
import { groupNameTaken } from './rules/refusals.ts'
import { insertGroup } from './store-group.sql.ts'

export interface CreateGroupInput {
  readonly names: GroupNames
  /** Ids of the first members. */
  readonly members: readonly string[]
  readonly settings: ProvisioningSettings
}

export interface GroupCreated {
  readonly group: Group
  readonly moved: MovedPeople
}

/**
 * Creates the group and its members, or nothing. Throws `groups/name-taken`, `memberships/unknown-member` and
 * `organizations/not-in-plan`. Of parallel calls with one name exactly one succeeds.
 */
export async function createGroup(ctx: Context, input: CreateGroupInput): Promise<GroupCreated> {
  demand(ctx.actor, 'scim')
  try {
    return await transactSql(
      ctx,
      async tx => {
        await demandGroupsInPlan(tx.sql)
        const now = tx.clock.now()
        const dates = { linkedAt: now, createdAt: now, lastModified: now }
        const group: Group = { ...input.names, ...dates, id: tx.clock.newId(), version: 1 }
        await insertGroup(tx.sql, group)
        tx.record({ type: 'group.created', groupId: group.id, detail: { subject: group.displayName } })
        const plan = { replacesAll: false, add: input.members, remove: [] }
        const moved = await changeMembers(tx, { groupId: group.id, plan, settings: input.settings })
        memberEvents(group, moved).forEach(tx.record)
        return { group, moved }
      },
      patienceFor(input.members.length),
    )
  } catch (error) {
    throw isDuplicate(error) ? groupNameTaken(input.names.displayName) : error
  }
}
