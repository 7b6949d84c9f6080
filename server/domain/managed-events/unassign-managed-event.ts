// Takes a managed event from groups and people: whoever has no other reason for it loses their copy.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { transact } from '#server/domain/transact.ts'
import type { AssignManagedEventInput } from './assign-managed-event.ts'
import { deleteAssignments, lockAssignees } from './assignments.sql.ts'
import { demandAssignment } from './demand-assignment.ts'
import { keepCopies } from './keep-copies.ts'
import { assignmentTold, listed } from './rules/assignment-told.ts'
import { unknownManagedEvent } from './rules/refusals.ts'
import { lockManagedEvent } from './store-managed-event.sql.ts'

/**
 * Whoever is not assigned is passed over. Copies wait for 30 days. Works without the entitlement, too. Throws
 * `managed-events/unknown`. Answers how many people lost their copy.
 */
export async function unassignManagedEvent(ctx: Context, input: AssignManagedEventInput): Promise<number> {
  demand(ctx.actor, 'managed-events:read')
  const groupIds = [...new Set(input.groupIds)].filter(isId)
  const userIds = [...new Set(input.userIds)].filter(isId)
  return transact(
    ctx,
    async tx => {
      await demandAssignment(tx, { groupIds, userIds })
      const { groups, people } = await lockAssignees(tx.sql, { groupIds, userIds })
      const event = await lockManagedEvent(tx.sql, input.managedEventId)
      if (event === null) throw unknownManagedEvent()
      const fresh = await deleteAssignments(tx.sql, { managedEventId: event.id, groupIds, userIds })
      if (fresh.groupIds.length + fresh.userIds.length === 0) return 0
      const take = fresh.groupIds.length > 0 ? ('everyone' as const) : fresh.userIds
      const { taken } = await keepCopies(tx, { managedEventIds: [event.id], take, give: [] })
      const { name } = event.template.details.content
      const told = { groups, people, fresh, name, copies: taken }
      tx.record(assignmentTold({ ...told, type: 'managed_event.unassigned' }))
      const subject = { subjectKind: 'managed_event', subjectId: event.id }
      tx.note({
        action: 'managed_event.unassign',
        ...subject,
        before: { name, copies: taken, ...listed(fresh) },
      })
      return taken
    },
    patienceFor(100_000),
  )
}
