// Assigns a managed event to groups and people: all of them hold a copy when the transaction, or the job behind it, ends.
import { authorOf, demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { insertJob, resizeJob } from '#server/domain/jobs/jobs.sql.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { isId } from '#server/domain/memberships/waiting-members.sql.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import {
  countMembersWithout,
  insertAssignments,
  lockAssignees,
  readMembersAfter,
  start,
  type Assignees,
} from './assignments.sql.ts'
import { demandAssignment } from './demand-assignment.ts'
import { demandManagedEvents } from './demand-managed-events.ts'
import { keepCopies } from './keep-copies.ts'
import { assignmentTold, listed } from './rules/assignment-told.ts'
import { unknownAssignee, unknownManagedEvent } from './rules/refusals.ts'
import { lockManagedEvent } from './store-managed-event.sql.ts'

export interface AssignManagedEventInput extends Assignees {
  readonly managedEventId: string
}

export interface ManagedEventAssigned {
  /** People who have got a copy, or get one by the job. */
  readonly copies: number
  /** The job that gives copies to the members of the groups; null when they have them already. */
  readonly jobId: string | null
  /** People who were not assigned in person before: what undoing takes it from. */
  readonly fresh: readonly string[]
}

/** More people without a copy are served by a job, so that nobody waits for the groups' locks. */
const atOnce = 1_000

/**
 * Whoever is assigned already stays so; doing it again makes up for a job that was cancelled. Throws
 * `managed-events/unknown`, `managed-events/unknown-assignee`, `organizations/not-in-plan`.
 */
export async function assignManagedEvent(
  ctx: Context,
  input: AssignManagedEventInput,
): Promise<ManagedEventAssigned> {
  demand(ctx.actor, 'managed-events:read')
  const wanted = { groupIds: [...new Set(input.groupIds)], userIds: [...new Set(input.userIds)] }
  const assign = async (tx: Transaction): Promise<ManagedEventAssigned> => {
    await demandAssignment(tx, wanted)
    await demandManagedEvents(tx, { locks: false, groups: wanted.groupIds.length > 0 })
    if (![...wanted.groupIds, ...wanted.userIds].every(isId)) throw unknownAssignee()
    const { groups, people } = await lockAssignees(tx.sql, wanted)
    const event = await lockManagedEvent(tx.sql, input.managedEventId)
    if (event === null) throw unknownManagedEvent()
    if (groups.length < wanted.groupIds.length || people.length < wanted.userIds.length)
      throw unknownAssignee()
    const managedEventId = event.id
    const fresh = await insertAssignments(tx.sql, { ...wanted, managedEventId, at: tx.clock.now() })
    const copied = await giveCopies(tx, { ...wanted, managedEventId })
    const assigned = { ...copied, fresh: fresh.userIds }
    if (fresh.groupIds.length + fresh.userIds.length === 0) return assigned
    const { name } = event.template.details.content
    const { copies } = assigned
    tx.record(assignmentTold({ groups, people, fresh, name, copies, type: 'managed_event.assigned' }))
    const subject = { subjectKind: 'managed_event', subjectId: managedEventId }
    tx.note({ action: 'managed_event.assign', ...subject, after: { name, copies, ...listed(fresh) } })
    return assigned
  }
  return transact(ctx, assign, patienceFor(wanted.userIds.length + atOnce))
}

async function giveCopies(
  tx: Transaction,
  what: AssignManagedEventInput,
): Promise<Omit<ManagedEventAssigned, 'fresh'>> {
  const managedEventIds = [what.managedEventId]
  const { given } = await keepCopies(tx, { managedEventIds, take: [], give: what.userIds })
  const { people, missing } = await countMembersWithout(tx.sql, what)
  if (missing > atOnce) {
    return { copies: given + missing, jobId: await beginJob(tx, { ...what, total: people }) }
  }
  const give = missing === 0 ? [] : await readMembersAfter(tx.sql, { ...what, after: start, take: people })
  const { given: joined } = await keepCopies(tx, { managedEventIds, take: [], give })
  return { copies: given + joined, jobId: null }
}

async function beginJob(tx: Transaction, what: AssignManagedEventInput & { total: number }): Promise<string> {
  const { managedEventId, groupIds, total } = what
  const id = tx.clock.newId()
  const payload = { managedEventId, groupIds: groupIds.join(',') }
  const author = authorOf(tx.actor)
  await insertJob(tx.sql, { id, kind: 'assign-managed-event', payload, author, at: tx.clock.now() })
  await resizeJob(tx.sql, { id, total })
  return id
}
