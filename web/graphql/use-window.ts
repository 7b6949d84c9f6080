// A list of 100,000 rows through a window: blocks of 100 around what is visible, fetched when scrolling rests.
import type { OperationResult, OperationResultSource } from '@urql/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { blocksCovering, patchRow, rememberBlock, rowIn } from '#web/lib/window-blocks.ts'
import { changes } from './changes.ts'
import { problemOf, type Problem } from './problem.ts'

const blockSize = 100
const keptBlocks = 60
const rest = 60

/** One block: how many rows, how many to jump over, and whether the total is wanted. */
export interface Block {
  first: number
  skip: number
  counted: boolean
}

interface Rows<Row> {
  nodes: readonly Row[]
  totalCount?: number
}

export interface WindowSource<Data, Row> {
  /** Whatever changes it is another list, which begins at its top. */
  key: () => string
  ask: (block: Block) => OperationResultSource<OperationResult<Data>>
  pick: (data: Data) => Rows<Row> | null | undefined
}

type OnBlock<Row> = (number: number, rows: Rows<Row>) => void

/** Fetches blocks and forgets what is no longer wanted; one answer per block number. */
function useBlockLoader<Data, Row>(source: WindowSource<Data, Row>, onBlock: OnBlock<Row>) {
  const inFlight = new Map<number, () => void>()
  const problem = shallowRef<Problem | null>(null)

  function load(number: number, counted: boolean) {
    const stream = source
      .ask({ first: blockSize, skip: number * blockSize, counted })
      .subscribe(({ data, error }) => {
        inFlight.delete(number)
        const rows = data ? source.pick(data) : null
        problem.value = error ? problemOf(error) : null
        if (rows) onBlock(number, rows)
      })
    inFlight.set(number, () => {
      stream.unsubscribe()
    })
  }

  function dropExcept(wanted: readonly number[]) {
    for (const [number, abort] of inFlight) {
      if (wanted.includes(number)) continue
      abort()
      inFlight.delete(number)
    }
  }
  onScopeDispose(() => {
    dropExcept([])
  })
  return { load, dropExcept, isLoading: (number: number) => inFlight.has(number), problem }
}

/** The blocks that are held, and the total, which is null until it is known. */
function useBlocks<Row extends { id: string }>() {
  const blocks = shallowRef<ReadonlyMap<number, readonly Row[]>>(new Map())
  const total = ref<number | null>(null)
  /** Held, and to be read again. */
  const stale = new Set<number>()
  function store(number: number, { nodes, totalCount }: Rows<Row>) {
    stale.delete(number)
    blocks.value = rememberBlock(blocks.value, { number, rows: nodes }, keptBlocks)
    if (totalCount !== undefined) total.value = totalCount
  }
  function forget() {
    stale.clear()
    blocks.value = new Map()
    total.value = null
  }
  /** Something changed: what is shown stays until it is read again; in all others rows may have moved. */
  function age(shown: readonly number[]) {
    blocks.value = new Map([...blocks.value].filter(([number]) => shown.includes(number)))
    for (const number of blocks.value.keys()) stale.add(number)
  }
  const needs = (number: number) => stale.has(number) || !blocks.value.has(number)
  function patch(row: Row) {
    blocks.value = patchRow(blocks.value, row)
  }
  return { blocks, total, needs, store, forget, age, patch }
}

/** The window over the rows of `source`; `total` is null until it is known. Read again after each change made here. */
export function useWindow<Data, Row extends { id: string }>(source: WindowSource<Data, Row>) {
  const { blocks, total, needs, store, forget, age, patch } = useBlocks<Row>()
  const loader = useBlockLoader(source, store)
  let visible: [number, number] = [0, 0]
  let timer: ReturnType<typeof setTimeout> | undefined
  const wanted = () => blocksCovering(visible[0], visible[1], blockSize)

  function fetchVisible() {
    loader.dropExcept(wanted())
    const missing = wanted().filter(number => needs(number) && !loader.isLoading(number))
    for (const number of missing) loader.load(number, total.value === null)
  }
  function show(first: number, last: number) {
    visible = [first, Math.max(first, last)]
    clearTimeout(timer)
    timer = setTimeout(fetchVisible, rest)
  }
  function reload() {
    loader.dropExcept([])
    age(wanted())
    for (const number of wanted()) loader.load(number, true)
  }
  function restart() {
    loader.dropExcept([])
    forget()
    visible = [0, 0]
    fetchVisible()
  }
  watch(source.key, restart, { immediate: true })
  watch(changes, reload)
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  const rowAt = (index: number) => rowIn(blocks.value, index, blockSize)
  const known = computed(() => total.value !== null)
  return { rowAt, total, known, problem: loader.problem, show, reload, patch }
}
