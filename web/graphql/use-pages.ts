// A list that grows by cursor: the next page is asked for when its end comes near.
import type { OperationResult, OperationResultSource } from '@urql/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { changes } from './changes.ts'
import { problemOf, type Problem } from './problem.ts'

/** How many rows before the end the next page is fetched. */
const near = 10
const pageSize = 100
const most = 500

interface Page<Row> {
  nodes: readonly Row[]
  totalCount: number
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

export interface PagesSource<Data, Row> {
  /** Whatever changes it is another list, which begins at its top. */
  key: () => string
  ask: (page: Asked) => OperationResultSource<OperationResult<Data>>
  pick: (data: Data) => Page<Row> | null | undefined
}

interface Asked {
  first: number
  after: string | null
}

/** Reads one page at a time; a newer question drops the answer to an older one. */
function useReader<Data, Row>(
  source: PagesSource<Data, Row>,
  onPage: (page: Page<Row>, asked: Asked) => void,
) {
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  let stop: (() => void) | undefined

  function read(asked: Asked) {
    stop?.()
    loading.value = true
    const stream = source.ask(asked).subscribe(({ data, error }) => {
      loading.value = false
      problem.value = error ? problemOf(error) : null
      const page = data ? source.pick(data) : null
      if (page) onPage(page, asked)
    })
    stop = () => {
      stream.unsubscribe()
    }
  }
  onScopeDispose(() => stop?.())
  return { read, problem, loading }
}

/** The rows so far; `total` is null until it is known. Read again after each change made here. */
export function usePages<Data, Row>(source: PagesSource<Data, Row>) {
  const rows = shallowRef<readonly Row[]>([])
  const total = ref<number | null>(null)
  let next: Page<Row>['pageInfo'] = { hasNextPage: false, endCursor: null }
  /** The last row on screen. */
  let shown = 0
  const { read, problem, loading } = useReader(source, (page, { after }) => {
    rows.value = after === null ? page.nodes : [...rows.value, ...page.nodes]
    total.value = page.totalCount
    next = page.pageInfo
    // Whoever has jumped to the end is still looking at rows that are not there.
    if (page.nodes.length > 0) follow()
  })

  function more(first = pageSize) {
    if (next.hasNextPage && !loading.value) read({ first, after: next.endCursor })
  }
  function follow() {
    const missing = shown + near - rows.value.length
    if (missing >= 0) more(Math.min(most, Math.max(pageSize, missing)))
  }
  function show(_first: number, last: number) {
    shown = last
    follow()
  }
  /** What is on screen is read again at once, as far as one page reaches. */
  function reload() {
    read({ first: Math.min(most, Math.max(pageSize, rows.value.length)), after: null })
  }
  function restart() {
    rows.value = []
    total.value = null
    shown = 0
    reload()
  }
  watch(source.key, restart, { immediate: true })
  watch(changes, reload)
  const rowAt = (index: number) => rows.value[index]
  const known = computed(() => total.value !== null)
  const asMore = () => {
    more()
  }
  return { rows, rowAt, total, known, problem, loading, show, more: asMore, reload }
}
