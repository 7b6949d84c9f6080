// A job in words: what it does while it runs, and what came of it.
import type { ResultOf } from '#web/graphql/graphql.ts'
import { wholeNumber } from '#web/lib/format.ts'
import type { JobLine } from '#web/ui/job-line.ts'
import type { JobFields } from './documents.ts'

export type Job = ResultOf<typeof JobFields>
type Translate = (key: string, values: Record<string, unknown>, plural?: number) => string

/** How many people it has moved so far; 0 when it counts nothing of the kind. */
export function peopleOf({ result, done }: Job): number {
  const people = (result as { people?: unknown } | null)?.people
  return typeof people === 'number' ? people : done
}

/** As the tray and the progress line show it. */
export function jobLine(job: Job, t: Translate): JobLine {
  return {
    id: job.id,
    title: t(`jobs.running.${job.kind}`, {}),
    done: job.done,
    total: job.total,
    startedAt: job.startedAt,
    waiting: job.state === 'WAITING',
  }
}

/** What is said when it is over. */
export function outcomeWords(job: Job, t: Translate): { title: string; text?: string; failed: boolean } {
  const people = peopleOf(job)
  if (job.state === 'FAILED')
    return { title: t(`jobs.failed.${job.kind}`, {}), text: job.error ?? '', failed: true }
  const state = job.state === 'CANCELLED' ? 'cancelled' : 'done'
  return { title: t(`jobs.${state}.${job.kind}`, { count: wholeNumber(people) }, people), failed: false }
}
