// The end of a step's transaction: moves the job on, or undoes the step when somebody else has the job.
import type { SqlTransaction } from '#server/domain/transact.ts'
import { moveJob } from './jobs.sql.ts'
import { addResults, type HeldJob, type StepTaken } from './rules/job.ts'

/** How long a server may be silent before another one goes on, in milliseconds. */
export const leaseTime = 10_000

/** The job was cancelled, or another server has taken it over; nothing of the step is kept. */
export class LostLease extends Error {}

/** To be called inside of the transaction that does the step's work. Answers the job as it is afterwards. */
export async function takeStep(
  tx: SqlTransaction,
  { job, step }: { job: HeldJob; step: StepTaken },
): Promise<HeldJob> {
  const now = tx.clock.now()
  const done = job.done + step.done
  const result = addResults(job.result, step.result)
  const moved = await moveJob(tx.sql, job, {
    place: step.place,
    done,
    result,
    leaseUntil: new Date(now.getTime() + leaseTime),
    finishedAt: step.finished ? now : null,
  })
  if (!moved) throw new LostLease()
  return { ...job, place: step.place, done, result }
}
