// Which rows of a long list are chosen: kept by id, so that they stay chosen while the list scrolls by or moves.
import { computed, ref, shallowRef, watch } from 'vue'

/** As many as one change of many people may name. */
export const mostSelected = 1_000
/** The largest page the server gives. */
const pageSize = 500

export interface SelectionSource<Row extends { id: string }> {
  /** Whatever changes it is another list, in which nothing is chosen. */
  key: () => string
  total: () => number | null
  rowAt: (index: number) => Row | undefined
  /** Rows of the list that are not held here; null when they could not be had. */
  fetch: (block: { first: number; skip: number }) => Promise<readonly Row[] | null>
}

type Chosen<Row> = ReadonlyMap<string, Row>

/** With `rows`, the first ones as far as there is room. */
function joined<Row extends { id: string }>(before: Chosen<Row>, rows: readonly Row[]) {
  const next = new Map(before)
  for (const row of rows) if (next.has(row.id) || next.size < mostSelected) next.set(row.id, row)
  return next
}

async function fetchRows<Row extends { id: string }>(
  { fetch }: SelectionSource<Row>,
  { skip, count }: { skip: number; count: number },
): Promise<readonly Row[] | null> {
  const rows: Row[] = []
  for (let at = 0; at < count; at += pageSize) {
    const page = await fetch({ skip: skip + at, first: Math.min(pageSize, count - at) })
    if (page === null) return null
    rows.push(...page)
  }
  return rows
}

/** Who is chosen; `full` says that more was wanted than fits, until the next choice. */
function useChoice<Row extends { id: string }>() {
  const chosen = shallowRef<Chosen<Row>>(new Map())
  const full = ref(false)
  function add(rows: readonly Row[]) {
    chosen.value = joined(chosen.value, rows)
    full.value = rows.some(row => !chosen.value.has(row.id))
  }
  function remove(row: Row) {
    chosen.value = new Map([...chosen.value].filter(([id]) => id !== row.id))
    full.value = false
  }
  function clear() {
    chosen.value = new Map()
    full.value = false
  }
  /** What is known anew about somebody who is chosen. */
  function update(row: Row) {
    if (chosen.value.has(row.id)) chosen.value = new Map(chosen.value).set(row.id, row)
  }
  const rows = computed(() => [...chosen.value.values()])
  return {
    rows,
    full,
    has: (row: Row | undefined) => row !== undefined && chosen.value.has(row.id),
    add,
    remove,
    clear,
    update,
  }
}

/** Chooses what is not held here: the rows are fetched, unless the list changes meanwhile. */
function useFetching<Row extends { id: string }>(source: SelectionSource<Row>) {
  const running = ref(false)
  const failed = ref(false)
  async function rowsFrom(skip: number, count: number): Promise<readonly Row[]> {
    const list = source.key()
    running.value = true
    const rows = await fetchRows(source, { skip, count: Math.min(count, mostSelected) })
    running.value = false
    if (source.key() !== list) return []
    failed.value = rows === null
    return rows ?? []
  }
  /** Both ends included; fetched only where not all of them are held. */
  async function rowsBetween(from: number, to: number): Promise<readonly Row[]> {
    const held = Array.from({ length: to - from + 1 }, (_, n) => source.rowAt(from + n))
    const rows = held.filter(row => row !== undefined)
    return rows.length === held.length ? rows : rowsFrom(from, held.length)
  }
  return { running, failed, rowsFrom, rowsBetween }
}

/** `failed` says that rows could not be had, until the next try. */
export function useSelection<Row extends { id: string }>(source: SelectionSource<Row>) {
  const choice = useChoice<Row>()
  const { running, failed, rowsFrom, rowsBetween } = useFetching(source)
  let anchor: number | null = null

  async function toggle(index: number, range: boolean) {
    if (range && anchor !== null) {
      const [from, to] = [Math.min(anchor, index), Math.max(anchor, index)]
      choice.add(await rowsBetween(from, to))
      if (to - from >= mostSelected) choice.full.value = true
      return
    }
    const row = source.rowAt(index)
    if (!row) return
    anchor = index
    if (choice.has(row)) choice.remove(row)
    else choice.add([row])
  }
  /** Everybody of the list, or the first thousand. */
  const addAll = async () => {
    choice.add(await rowsFrom(0, source.total() ?? 0))
  }
  function clear() {
    choice.clear()
    failed.value = false
    anchor = null
  }
  const has = (index: number) => choice.has(source.rowAt(index))
  watch(source.key, clear)
  return {
    rows: choice.rows,
    full: choice.full,
    update: choice.update,
    running,
    failed,
    has,
    toggle,
    addAll,
    clear,
  }
}
