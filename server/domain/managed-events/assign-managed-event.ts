// Assigns a managed event to groups and people: all of them hold a copy when the transaction ends.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { insertAssignments, lockAssignees, readMembersAfter, type Assignees } from './assignments.sql.ts'
import { demandAssignment } from './demand-assignment.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { keepCopies } from './keep-copies.ts'
import { assignmentTold, listed } from './rules/assignment-told.ts'
import { unknownAssignee, unknownManagedEvent } from './rules/refusals.ts'
import { lockManagedEvent } from './store-managed-event.sql.ts'

export interface AssignManagedEventInput extends Assignees {
  readonly managedEventId: string
}

/**
 * Whoever is assigned already stays so. Throws `managed-events/unknown`, `managed-events/unknown-assignee`,
 * `organizations/not-in-plan`. Answers how many people got a copy.
 */
export async function assignManagedEvent(ctx: Context, input: AssignManagedEventInput): Promise<number> {
  demand(ctx.actor, 'managed-events:read')
  const wanted = { groupIds: [...new Set(input.groupIds)], userIds: [...new Set(input.userIds)] }
  return transact(
    ctx,
    async tx => {
      await demandAssignment(tx, wanted)
      await demandManagedEvents(tx, { locks: false })
      if (![...wanted.groupIds, ...wanted.userIds].every(isId)) throw unknownAssignee()
      const { groups, people } = await lockAssignees(tx.sql, wanted)
      const event = await lockManagedEvent(tx.sql, input.managedEventId)
      if (event === null) throw unknownManagedEvent()
      if (groups.length < wanted.groupIds.length || people.length < wanted.userIds.length)
        throw unknownAssignee()
      const fresh = await insertAssignments(tx.sql, {
        ...wanted,
        managedEventId: event.id,
        at: tx.clock.now(),
      })
      const given = await giveCopies(tx, { ...fresh, managedEventId: event.id })
      if (fresh.groupIds.length + fresh.userIds.length === 0) return given
      const { name } = event.template.details.content
      const told = { groups, people, fresh, name, copies: given }
      tx.record(assignmentTold({ ...told, type: 'managed_event.assigned' }))
      const subject = { subjectKind: 'managed_event', subjectId: event.id }
      tx.note({
        action: 'managed_event.assign',
        ...subject,
        after: { name, copies: given, ...listed(fresh) },
      })
      return given
    },
    patienceFor(100_000),
  )
}

/** A thousand people at a time, so that neither memory nor a statement grows with the group. */
async function giveCopies(tx: Transaction, what: AssignManagedEventInput): Promise<number> {
  const managedEventIds = [what.managedEventId]
  let { given } = await keepCopies(tx, { managedEventIds, take: [], give: what.userIds })
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const give = await readMembersAfter(tx.sql, { groupIds: what.groupIds, after })
    const last = give.at(-1)
    if (last === undefined) return given
    after = last
    given += (await keepCopies(tx, { managedEventIds, take: [], give })).given
  }
}
