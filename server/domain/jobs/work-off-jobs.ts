// Works on an organization's open jobs, one after the other, step by step.
import { demand, type SystemActor } from '#server/domain/actor.ts'
import type { Actor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { claimJob, failJob, releaseJob } from './jobs.sql.ts'
import type { HeldJob, JobKind } from './rules/job.ts'
import { LostLease, leaseTime } from './take-step.ts'

/** Does the next step in a transaction of its own; answers the job as it is then, or null when it is done. */
export type JobStep = (ctx: Context, job: HeldJob) => Promise<HeldJob | null>

export interface WorkOffJobsInput {
  readonly steps: Readonly<Record<JobKind, JobStep>>
  /** Stops after the step under way. */
  readonly signal?: AbortSignal
  /** True for an error that says nothing of the job: the database is away, and the job waits until it is back. */
  readonly isOutage?: (error: unknown) => boolean
}

/** Failures of one step before the job is given up. */
const tries = 3

/** Answers how many jobs it has worked on. Any number of servers may do so at once: each job is in one hand. */
export async function workOffJobs(ctx: Context, input: WorkOffJobsInput): Promise<number> {
  demand(ctx.actor, 'scim')
  for (let count = 0; ; count += 1) {
    if (input.signal?.aborted === true) return count
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + leaseTime)
    const job = await claimJob(ctx.sql, { leaseId: ctx.clock.newId(), until, now })
    if (job === null) return count
    await workOn({ ...ctx, actor: onBehalf(ctx.actor, job) }, job, input)
  }
}

async function workOn(ctx: Context, job: HeldJob, input: WorkOffJobsInput): Promise<void> {
  let current: HeldJob | null = job
  let failures = 0
  while (current !== null && input.signal?.aborted !== true) {
    try {
      current = await input.steps[job.kind](ctx, current)
      failures = 0
    } catch (error) {
      if (error instanceof LostLease) return
      if (input.isOutage?.(error) === true) throw error
      failures += 1
      if (failures < tries) continue
      await failJob(ctx.sql, job, { error: wordsFor(error, job.kind), at: ctx.clock.now() })
      ctx.ring()
      throw error
    }
  }
  // Whoever comes next need not wait until the lease has run out.
  if (current !== null) await releaseJob(ctx.sql, current)
}

function wordsFor(error: unknown, kind: JobKind): string {
  if (error instanceof DomainError) return error.message
  return kind === 'derive-values'
    ? 'Rollcall could not go on, and some values are still the old ones. Choose the source attribute again to read the rest.'
    : 'Rollcall could not go on. What was done stays; start it again, or undo it.'
}

/** The logs name whoever asked for the job. */
function onBehalf(actor: Actor, job: HeldJob): SystemActor {
  const { actorKind, actorId: id, actorName: name } = job
  const onBehalfOf = { kind: actorKind as Actor['kind'], id, name }
  return { kind: 'system', name: 'Rollcall', origin: actor.origin, onBehalfOf }
}
