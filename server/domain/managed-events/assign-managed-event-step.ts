// Gives copies to the members of large groups, some at a time: the job behind assigning a managed event to them.
import type { Context } from '#server/domain/context.ts'
import type { HeldJob } from '#server/domain/jobs/rules/job.ts'
import { stepSize } from '#server/domain/jobs/step-size.ts'
import { takeStep } from '#server/domain/jobs/take-step.ts'
import { transactSql } from '#server/domain/transact.ts'
import { inTurn } from '#server/domain/users/in-turn.ts'
import { lockAssignees, readMembersAfter, start } from './assignments.sql.ts'
import { keepCopies } from './keep-copies.ts'

/**
 * The assignment itself is written already, so whoever joins meanwhile has their copy. Whoever has left, and everybody
 * once the managed event was taken from the groups or deleted, gets none: reasons are asked for under the groups' locks.
 */
export async function assignManagedEventStep(ctx: Context, job: HeldJob): Promise<HeldJob | null> {
  const size = stepSize(job.id)
  const { managedEventId = '', groupIds = '' } = job.payload
  const where = { groupIds: groupIds.split(','), after: job.place['after'] ?? start, take: size.people }
  const people = await readMembersAfter(ctx.sql, where)
  const finished = people.length < size.people
  const place = { after: people.at(-1) ?? where.after }
  const began = performance.now()
  const moved = await inTurn(`${ctx.orgId} moves`, () =>
    transactSql(ctx, async tx => {
      await lockAssignees(tx.sql, { groupIds: where.groupIds, userIds: [] })
      const kept = { managedEventIds: [managedEventId], take: [], give: people }
      const { given } = await keepCopies(tx, kept)
      const step = { place, done: people.length, result: { copies: given }, finished }
      return takeStep(tx, { job, step })
    }),
  )
  size.took(performance.now() - began, people.length)
  return finished ? null : moved
}
