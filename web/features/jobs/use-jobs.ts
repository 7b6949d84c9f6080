// Long work of the organization: found again after a reload, followed live, told about when it is over.
import { useToast } from '@nuxt/ui/composables/useToast'
import {
  computed,
  inject,
  onScopeDispose,
  provide,
  shallowRef,
  watch,
  type ComputedRef,
  type InjectionKey,
} from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { changes, noteChange } from '#web/graphql/changes.ts'
import { usePlainClient } from '#web/graphql/client.ts'
import { useCommand } from '#web/graphql/use-command.ts'
import type { JobLine } from '#web/ui/job-line.ts'
import { CancelJobMutation, JobsQuery, JobSubscription } from './documents.ts'
import { jobLine, outcomeWords, pageOf, type Job } from './job-words.ts'

interface Jobs {
  /** Those under way, the oldest first. */
  lines: ComputedRef<JobLine[]>
  cancel: (id: string) => void
}

const key: InjectionKey<Jobs> = Symbol('jobs')

/** Follows every open job over its subscription; `onOver` learns of each that ends while one looks. */
function useJobStreams(onOver: (job: Job) => void) {
  const client = usePlainClient()
  const open = shallowRef<ReadonlyMap<string, Job>>(new Map())
  const streams = new Map<string, () => void>()

  function take(job: Job) {
    const next = new Map(open.value)
    if (job.over) next.delete(job.id)
    else next.set(job.id, job)
    open.value = next
    if (!job.over) return
    streams.get(job.id)?.()
    streams.delete(job.id)
    onOver(job)
  }
  function follow(job: Job) {
    if (streams.has(job.id)) return
    streams.set(job.id, () => undefined)
    take(job)
    const stream = client.subscription(JobSubscription, { id: job.id }).subscribe(result => {
      if (result.data) take(result.data.job)
    })
    if (streams.has(job.id)) {
      streams.set(job.id, () => {
        stream.unsubscribe()
      })
    } else stream.unsubscribe()
  }
  onScopeDispose(() => {
    for (const stop of streams.values()) stop()
  })
  return { open, follow }
}

function useToldOutcomes() {
  const { t } = useI18n()
  const toast = useToast()
  const router = useRouter()
  return (job: Job) => {
    const { title, text, failed } = outcomeWords(job, t)
    const { key: see, ...page } = pageOf(job)
    const open = () => void router.push(page)
    toast.add({
      title,
      description: text,
      color: failed ? 'error' : 'success',
      actions: [{ label: t(see), color: 'neutral', variant: 'outline', onClick: open }],
    })
  }
}

/** For the frame of the console. Reads nothing while `allowed` is false. */
export function provideJobs(allowed: () => boolean): Jobs {
  const { t } = useI18n()
  const client = usePlainClient()
  const command = useCommand(CancelJobMutation, 'cancelJob')
  const tell = useToldOutcomes()
  const known = new Set<string>()
  let begun = false
  const { open, follow } = useJobStreams(job => {
    tell(job)
    noteChange()
  })
  function look() {
    if (!allowed()) return
    void client
      .query(JobsQuery, {})
      .toPromise()
      .then(({ data }) => {
        for (const job of data?.organization?.jobs ?? []) {
          // Quick work may be over before it was ever seen under way.
          if (!job.over) follow(job)
          else if (begun && !known.has(job.id)) tell(job)
          known.add(job.id)
        }
        begun ||= data !== undefined
      })
  }
  watch([allowed, changes], look, { immediate: true })
  const jobs: Jobs = {
    lines: computed(() => [...open.value.values()].map(job => jobLine(job, t))),
    cancel: id => void command.run({ input: { id } }),
  }
  provide(key, jobs)
  return jobs
}

/** The jobs that the frame follows; none outside of it. */
export function useJobs(): Jobs {
  return inject(key, { lines: computed(() => []), cancel: () => undefined })
}
