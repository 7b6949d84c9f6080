// A job in words: what it does while it runs, and what came of it.
import type { ResultOf } from '#web/graphql/graphql.ts'
import { wholeNumber } from '#web/lib/format.ts'
import { said } from '#web/lib/said.ts'
import type { JobLine } from '#web/ui/job-line.ts'
import type { JobFields } from './documents.ts'

export type Job = ResultOf<typeof JobFields>
type Translate = (key: string, values: Record<string, unknown>, plural?: number) => string

/** How many people it has moved, or given copies to, so far; how many it has looked at when it counts neither. */
export function peopleOf({ result, done }: Job): number {
  const counted = result as { people?: unknown; copies?: unknown } | null
  const people = counted?.people ?? counted?.copies
  return typeof people === 'number' ? people : done
}

/** The page of the console that shows what the job did. */
export function pageOf({ kind }: Pick<Job, 'kind'>): { key: string; path: string; query?: { view: string } } {
  return kind === 'ASSIGN_MANAGED_EVENT'
    ? { key: 'jobs.seeEvents', path: '/managed-events' }
    : { key: 'jobs.see', path: '/mapping', query: { view: 'history' } }
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
    stoppable: job.stoppable,
  }
}

/** What is said when it is over. */
export function outcomeWords(job: Job, t: Translate): { title: string; text?: string; failed: boolean } {
  const people = peopleOf(job)
  if (job.state === 'FAILED')
    return { title: t(`jobs.failed.${job.kind}`, {}), text: said(job.error ?? ''), failed: true }
  const state = job.state === 'CANCELLED' ? 'cancelled' : 'done'
  return { title: t(`jobs.${state}.${job.kind}`, { count: wholeNumber(people) }, people), failed: false }
}
