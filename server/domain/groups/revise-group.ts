// Changes a group as an identity provider asks (SCIM PUT and PATCH): its names and its members, under its lock.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { changeMembers } from '#server/domain/memberships/change-members.ts'
import { memberEvents, patienceFor, type MovedPeople } from '#server/domain/memberships/rules/moved-people.ts'
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Change } from '#server/domain/provisioning-log/rules/event.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { transactSql, type SqlTransaction } from '#server/domain/transact.ts'
import type { MemberPlan } from '#server/scim/index.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { lockGroupInPlan } from './groups-in-plan.sql.ts'
import { changedNames, type Group, type GroupNames } from './rules/group.ts'
import { groupChanged, groupNameTaken, unknownGroup } from './rules/refusals.ts'
import { updateGroup } from './store-group.sql.ts'

export interface ReviseGroupInput {
  readonly groupId: string
  /** Pure; false for a version that the caller did not expect (If-Match). */
  readonly expects?: ((version: number) => boolean) | undefined
  readonly settings: ProvisioningSettings
  /** Pure; may run several times. */
  readonly revise: (current: GroupNames) => GroupNames
  readonly members: MemberPlan
}

export interface GroupRevised {
  readonly group: Group
  readonly changes: readonly Change[]
  readonly moved: MovedPeople
  /** False when the request asked for what already was. */
  readonly changed: boolean
}

/**
 * All of it or nothing. Parallel changes of one group all happen, one after the other; the version rises exactly when
 * name, externalId or the set of members changed. Throws `groups/unknown`, `groups/version-mismatch`,
 * `groups/name-taken`, `memberships/unknown-member`, `organizations/not-in-plan`, and whatever `revise` throws.
 */
export async function reviseGroup(ctx: Context, input: ReviseGroupInput): Promise<GroupRevised> {
  demand(ctx.actor, 'scim')
  let wanted = ''
  const revise = (current: GroupNames): GroupNames => {
    const next = input.revise(current)
    wanted = next.displayName
    return next
  }
  const { add, remove, replacesAll } = input.members
  const patience = replacesAll ? patienceFor(100_000) : patienceFor(add.length + remove.length)
  try {
    return await inTurn(`${ctx.orgId} group ${input.groupId}`, () =>
      transactSql(ctx, tx => change(tx, { ...input, revise }), patience),
    )
  } catch (error) {
    throw isDuplicate(error) ? groupNameTaken(wanted) : error
  }
}

async function change(tx: SqlTransaction, input: ReviseGroupInput): Promise<GroupRevised> {
  const current = await lockGroupInPlan(tx.sql, input.groupId)
  if (current === null) throw unknownGroup(input.groupId)
  if (input.expects?.(current.version) === false) throw groupChanged()
  const names = input.revise(current)
  const changes = changedNames(current, names)
  const plan = { groupId: current.id, plan: input.members, settings: input.settings }
  const moved = await changeMembers(tx, plan)
  const visible = changes.length + moved.added.count + moved.removed.count > 0
  const group = visible ? next(current, { names, now: tx.clock.now() }) : current
  if (visible) await updateGroup(tx.sql, group)
  const subject = group.displayName
  if (changes.length > 0) {
    tx.record({ type: 'group.updated', groupId: group.id, detail: { subject, changes } })
  }
  memberEvents(group, moved).forEach(tx.record)
  return { group, changes, moved, changed: visible || moved.altered }
}

function next(current: Group, to: { names: GroupNames; now: Date }): Group {
  const { displayName, externalId } = to.names
  return {
    ...current,
    displayName,
    externalId,
    version: current.version + 1,
    linkedAt: current.linkedAt ?? to.now,
    lastModified: to.now,
  }
}
