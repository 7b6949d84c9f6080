// 100,000 people through a window: blocks of 100 around what is visible, fetched when scrolling rests.
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { usePlainClient } from '#web/graphql/client.ts'
import { changes } from '#web/graphql/changes.ts'
import { problemOf, type Problem } from '#web/graphql/problem.ts'
import { blocksCovering, patchRow, rememberBlock, rowIn } from '#web/lib/window-blocks.ts'
import { UserBlockQuery } from './documents.ts'
import { variablesOf, type UserFilters } from './user-filters.ts'
import type { UserRow } from './user-row.ts'

const blockSize = 100
const keptBlocks = 60
const rest = 60

/** Fetches blocks and forgets what is no longer wanted; one answer per block number. */
function useBlockLoader(
  filters: () => UserFilters,
  onBlock: (number: number, rows: UserRow[], total?: number) => void,
) {
  const client = usePlainClient()
  const inFlight = new Map<number, () => void>()
  const problem = shallowRef<Problem | null>(null)

  function load(number: number, counted: boolean) {
    const variables = { ...variablesOf(filters()), first: blockSize, skip: number * blockSize, counted }
    const stream = client.query(UserBlockQuery, variables).subscribe(result => {
      inFlight.delete(number)
      const users = result.data?.organization?.users
      problem.value = result.error ? problemOf(result.error) : null
      if (users) onBlock(number, users.nodes, users.totalCount)
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
function useBlocks() {
  const blocks = shallowRef<ReadonlyMap<number, readonly UserRow[]>>(new Map())
  const total = ref<number | null>(null)
  function store(number: number, rows: UserRow[], count?: number) {
    blocks.value = rememberBlock(blocks.value, { number, rows }, keptBlocks)
    if (count !== undefined) total.value = count
  }
  function forget() {
    blocks.value = new Map()
    total.value = null
  }
  function patch(row: UserRow) {
    blocks.value = patchRow(blocks.value, row)
  }
  return { blocks, total, store, forget, patch }
}

/** The window over the people that match `filters`; `total` is null until it is known. */
export function useUsersWindow(filters: () => UserFilters) {
  const { blocks, total, store, forget, patch } = useBlocks()
  const loader = useBlockLoader(filters, store)
  let visible: [number, number] = [0, 0]
  let timer: ReturnType<typeof setTimeout> | undefined
  const wanted = () => blocksCovering(visible[0], visible[1], blockSize)

  function fetchVisible() {
    loader.dropExcept(wanted())
    const missing = wanted().filter(number => !blocks.value.has(number) && !loader.isLoading(number))
    for (const number of missing) loader.load(number, total.value === null)
  }
  function show(first: number, last: number) {
    visible = [first, Math.max(first, last)]
    clearTimeout(timer)
    timer = setTimeout(fetchVisible, rest)
  }
  function reload() {
    loader.dropExcept([])
    for (const number of wanted()) loader.load(number, true)
  }
  function restart() {
    loader.dropExcept([])
    forget()
    visible = [0, 0]
    fetchVisible()
  }
  watch(() => JSON.stringify(variablesOf(filters())), restart, { immediate: true })
  watch(changes, reload)
  onScopeDispose(() => {
    clearTimeout(timer)
  })
  const rowAt = (index: number) => rowIn(blocks.value, index, blockSize)
  const known = computed(() => blocks.value.size > 0)
  return { rowAt, total, known, problem: loader.problem, show, reload, patch }
}
