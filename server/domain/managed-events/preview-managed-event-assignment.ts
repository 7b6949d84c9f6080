// Who would gain and lose a managed event, and whose own meeting types would move aside. Writes nothing.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import type { Assignees } from './assignments.sql.ts'
import { demandAssignment } from './demand-assignment.ts'
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

/** Unknown groups and people are passed over. Throws `managed-events/unknown`. */
export async function previewManagedEventAssignment(
  ctx: Context,
  input: PreviewManagedEventAssignmentInput,
): Promise<AssignmentPreview> {
  demand(ctx.actor, 'managed-events:read')
  await demandAssignment(ctx, input.assign)
  await demandAssignment(ctx, input.unassign)
  const known = ({ groupIds, userIds }: Assignees) => ({
    groupIds: groupIds.filter(isId),
    userIds: userIds.filter(isId),
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
