// The kept requests, page by page; newcomers are counted until they are asked for.
import { ref, shallowRef, watch } from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import type { Line } from './line.ts'
import { lineSource, type LinePage } from './line-source.ts'
import type { LogFilters } from './log-filters.ts'
import { mergeLines } from './merge-lines.ts'
import { useRunningReads } from './use-running-reads.ts'

/** The lines that were read so far and where they go on. */
function usePages() {
  const lines = shallowRef<readonly Line[]>([])
  const total = ref<number | null>(null)
  const next = ref<string | null>(null)
  function add(page: LinePage) {
    lines.value = mergeLines(lines.value, page.lines, Infinity)
    next.value = page.next
    total.value = page.total
  }
  function forget() {
    lines.value = []
    total.value = null
    next.value = null
  }
  return { lines, total, next, add, forget }
}

/** `total` is what the filters match in all, null until it is known; `fresh` counts what came since. */
export function useLogHistory(filters: () => LogFilters) {
  const client = usePlainClient()
  const { add, forget, ...pages } = usePages()
  const { keep, stop } = useRunningReads()
  const loading = ref(true)
  const fresh = ref(0)
  const problem = shallowRef<Problem | null>(null)
  const source = () => lineSource(client, 'requests', filters())

  function load(after: string | null) {
    loading.value = true
    const end = source().history(after, (page, error) => {
      loading.value = false
      problem.value = error ? problemOf(error) : null
      if (page) add(page)
      // A range that ended in the past gets no newcomers.
      if (page && after === null && !filters().to) countFresh()
    })
    keep(end)
  }
  function countFresh() {
    const count = () => {
      fresh.value += 1
    }
    // A failing stream only means that newcomers are not announced; the log itself stays.
    keep(source().follow(pages.lines.value[0]?.cursor ?? null, count, () => undefined))
  }
  function start() {
    stop()
    forget()
    fresh.value = 0
    load(null)
  }
  watch(() => JSON.stringify(filters()), start, { immediate: true })

  function loadMore() {
    if (pages.next.value !== null && !loading.value) load(pages.next.value)
  }
  return { ...pages, loading, problem, fresh, loadMore, again: start }
}
