// Who would gain and lose a managed event, and whose own meeting types would move aside. Writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import type { Assignees } from './assignments.sql.ts'
import { demandAssignment } from './demand-assignment.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { readAssignmentPreview, type AssignmentPreview } from './preview-assignment.sql.ts'
import { unknownManagedEvent } from './rules/refusals.ts'
import { keptSince } from './rules/return.ts'

export interface PreviewManagedEventAssignmentInput {
  readonly managedEventId: string
  readonly assign: Assignees
  readonly unassign: Assignees
  /** People to name, at most. */
  readonly take: number
}

/**
 * Unknown groups and people are passed over. What may be done without the entitlement may be previewed without it. Throws
 * `managed-events/unknown`, `organizations/not-in-plan`.
 */
export async function previewManagedEventAssignment(
  ctx: Context,
  input: PreviewManagedEventAssignmentInput,
): Promise<AssignmentPreview> {
  demand(ctx.actor, 'managed-events:read')
  await demandAssignment(ctx, input.assign)
  await demandAssignment(ctx, input.unassign)
  const { groupIds, userIds } = input.assign
  if (groupIds.length + userIds.length > 0)
    await demandManagedEvents(ctx, { locks: false, groups: groupIds.length > 0 })
  const known = (asked: Assignees) => ({
    groupIds: asked.groupIds.filter(isId),
    userIds: asked.userIds.filter(isId),
  })
  if (!isId(input.managedEventId)) throw unknownManagedEvent()
  const preview = await readAssignmentPreview(ctx.sql, {
    managedEventId: input.managedEventId,
    assign: known(input.assign),
    unassign: known(input.unassign),
    keptSince: keptSince(ctx.clock.now()),
    take: input.take,
  })
  if (preview === null) throw unknownManagedEvent()
  return preview
}
