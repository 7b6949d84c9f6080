// Moves through the rows of a grid by keyboard; the active row follows its number, not its element.
import { nextTick, ref, type Ref } from 'vue'
import { useShortcuts } from './use-shortcuts.ts'

interface Grid {
  count: () => number
  scroller: Ref<HTMLElement | undefined>
  page: () => number
  scrollTo: (index: number) => void
  open: (index: number) => void
  /** Whether this row is the open one. */
  isOpen: (index: number) => boolean
}

/** Answers whether the row is drawn. */
function focusRow(scroller: HTMLElement | undefined, index: number): boolean {
  const row = scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`)
  row?.focus({ preventScroll: true })
  return Boolean(row)
}

/** `active` is the number of the row that holds the one tab stop. */
export function useGridKeys(grid: Grid) {
  const active = ref(0)

  async function go(index: number) {
    const last = grid.count() - 1
    if (last < 0) return
    active.value = Math.max(0, Math.min(last, index))
    grid.scrollTo(active.value)
    // A row that is drawn takes the focus at once: the next key may follow within the same frame.
    if (focusRow(grid.scroller.value, active.value)) return
    await nextTick()
    await new Promise(resolve => requestAnimationFrame(resolve))
    focusRow(grid.scroller.value, active.value)
  }

  const steps: Record<string, () => number> = {
    ArrowDown: () => active.value + 1,
    ArrowUp: () => active.value - 1,
    Home: () => 0,
    End: () => grid.count() - 1,
    PageDown: () => active.value + grid.page(),
    PageUp: () => active.value - grid.page(),
  }
  function press(event: KeyboardEvent) {
    const step = steps[event.key]
    if (step) {
      event.preventDefault()
      void go(step())
    } else if (event.key === 'Enter' && event.target instanceof HTMLElement && event.target.role === 'row') {
      event.preventDefault()
      grid.open(active.value)
    }
  }
  /** While a row is open beside the list, the next one is opened, too. */
  async function follow(by: number) {
    const opens = grid.isOpen(active.value)
    await go(active.value + by)
    if (opens) grid.open(active.value)
  }
  useShortcuts({ j: () => void follow(1), k: () => void follow(-1) })
  return { active, go, press }
}
