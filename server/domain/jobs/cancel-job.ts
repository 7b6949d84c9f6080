// Stops a job before its next step; what it has done stays and can be undone.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { cancelOpenJob } from './jobs.sql.ts'
import { isOver, mayStop, type JobKind, type JobState } from './rules/job.ts'

/** Throws `jobs/unknown`, `jobs/over` when there is nothing left to stop, and `jobs/whole` for what is done whole only. */
export async function cancelJob(ctx: Context, input: { jobId: string }): Promise<void> {
  demand(ctx.actor, 'mappings:write')
  await transact(ctx, async tx => {
    const job = await tx.db.job.findFirst({ where: { orgId: ctx.orgId, id: input.jobId } })
    if (job === null) throw unknownJob()
    if (!mayStop(job.kind as JobKind) && !isOver(job.state as JobState)) throw doneWhole()
    if (!(await cancelOpenJob(tx.sql, { id: job.id, at: ctx.clock.now() }))) throw jobOver()
    tx.note({ action: 'job.cancel', subjectKind: 'job', subjectId: job.id, before: { kind: job.kind } })
  })
}

function unknownJob(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'jobs/unknown',
    message: 'There is no such job in this organization.',
  })
}

function doneWhole(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'jobs/whole',
    message:
      'Reading values cannot be stopped half-way: people would count by two attributes. Wait until it is done, then choose the attribute you want.',
  })
}

function jobOver(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'jobs/over',
    message: 'This job is over already, so there is nothing to stop. Undo its change set instead.',
  })
}
