// The live feed: history behind, stream ahead, nothing twice, nothing lost, nothing moving under a reader.
import { computed, ref, shallowRef, watch } from 'vue'
import type { CombinedError } from '@urql/core'
import { usePlainClient } from '#web/graphql/client.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { foldLines } from './fold-lines.ts'
import type { Line } from './line.ts'
import { lineSource, type LinePage } from './line-source.ts'
import type { LogFilters, LogView } from './log-filters.ts'
import { mergeLines } from './merge-lines.ts'
import { ringSize, useInbox } from './use-inbox.ts'
import { useRunningReads } from './use-running-reads.ts'

interface Feed {
  view: () => LogView
  filters: () => LogFilters
  /** True while newcomers must wait: paused, scrolled away, or a line is open. */
  held: () => boolean
}

const isStale = (error: CombinedError) => /stale|cursor-too-old/iu.test(problemOf(error).code)

/** The kept lines and the older pages behind them. */
function useRing() {
  const lines = shallowRef<readonly Line[]>([])
  const next = ref<string | null>(null)
  const dropped = ref(false)
  function letIn(arrivals: readonly Line[]) {
    const cap = Math.max(ringSize, lines.value.length)
    const before = lines.value.length
    lines.value = mergeLines(lines.value, arrivals, cap)
    // What fell off the end can no longer be continued page by page.
    if (lines.value.length === cap && before + arrivals.length > cap) {
      dropped.value = true
      next.value = null
    }
  }
  function addPage(page: LinePage) {
    lines.value = mergeLines(lines.value, page.lines, Infinity)
    next.value = page.next
  }
  function forget() {
    lines.value = []
    next.value = null
    dropped.value = false
  }
  /** Asks `load` for the page before the oldest line, once. */
  function older(load: (after: string) => void) {
    const after = next.value
    next.value = null
    if (after !== null) load(after)
  }
  return { lines, next, dropped, letIn, addPage, forget, older }
}

type Ring = ReturnType<typeof useRing>
type Inbox = ReturnType<typeof useInbox>

/** Reads history into the ring and the stream into the inbox, again from the start when something changes. */
function useFeedReads(feed: Feed, ring: Ring, inbox: Inbox) {
  const client = usePlainClient()
  const { keep, stop } = useRunningReads()
  const loading = ref(true)
  const gap = ref(false)
  const problem = shallowRef<Problem | null>(null)
  const source = () => lineSource(client, feed.view(), feed.filters())

  function fail(error: CombinedError) {
    problem.value = isStale(error) ? null : problemOf(error)
    if (!isStale(error)) return
    start()
    gap.value = true
  }
  function loadPage(after: string | null, then?: (page: LinePage) => void) {
    const end = source().history(after, (page, error) => {
      loading.value = false
      problem.value = error ? problemOf(error) : null
      if (page) ring.addPage(page)
      if (page) then?.(page)
    })
    keep(end)
  }
  const follow = ({ head }: LinePage) => {
    keep(source().follow(head, inbox.add, fail))
  }
  function start() {
    stop()
    inbox.empty()
    ring.forget()
    gap.value = false
    loading.value = true
    loadPage(null, follow)
  }
  return { loading, gap, problem, loadPage, start }
}

/** Everything the feed shows; `gap` is true when the server no longer has what came in between. */
export function useLiveFeed(feed: Feed) {
  const ring = useRing()
  const inbox = useInbox(feed.held, ring.letIn, () => {
    start()
  })
  const { loading, gap, problem, loadPage, start } = useFeedReads(feed, ring, inbox)
  watch(() => JSON.stringify([feed.view(), feed.filters()]), start, { immediate: true })

  const shown = computed(() => (feed.view() === 'requests' ? foldLines(ring.lines.value) : ring.lines.value))
  const loadOlder = () => {
    ring.older(loadPage)
  }
  const { next, dropped } = ring
  const { waiting, full, take } = inbox
  return { shown, loading, problem, gap, next, dropped, waiting, full, take, loadOlder, again: start }
}
