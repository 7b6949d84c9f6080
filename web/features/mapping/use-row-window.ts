// Draws all rows while they are few, and only those near the screen when they are many; heights may differ.
import { useVirtualizer } from '@tanstack/vue-virtual'
import { computed, nextTick, onMounted, onScopeDispose, ref, type Ref } from 'vue'

const fewRows = 100
const usualHeight = 49

interface Listed {
  count: () => number
  keyOf: (index: number) => string
  /** What scrolls. */
  scroller: () => HTMLElement | null
  /** The list inside of it. */
  list: Ref<HTMLElement | undefined>
}

/** How far the list lies below the top of what scrolls; changes with everything above it. */
function useMargin({ scroller, list }: Listed) {
  const margin = ref(0)
  function measure() {
    const [outer, inner] = [scroller(), list.value]
    if (!outer || !inner) return
    margin.value = inner.getBoundingClientRect().top - outer.getBoundingClientRect().top + outer.scrollTop
  }
  const observer = new ResizeObserver(measure)
  onMounted(() => {
    measure()
    const content = scroller()?.firstElementChild
    if (content) observer.observe(content)
  })
  onScopeDispose(() => {
    observer.disconnect()
  })
  return margin
}

/** `shown` are the numbers of the rows to draw, `before` and `after` the pixels that stand for the others. */
export function useRowWindow(listed: Listed) {
  const margin = useMargin(listed)
  const many = computed(() => listed.count() > fewRows)
  const virtualizer = useVirtualizer(
    computed(() => ({
      count: many.value ? listed.count() : 0,
      getScrollElement: listed.scroller,
      estimateSize: () => usualHeight,
      getItemKey: listed.keyOf,
      overscan: 6,
      scrollMargin: margin.value,
    })),
  )
  const items = computed(() => virtualizer.value.getVirtualItems())
  const shown = computed(() =>
    many.value
      ? items.value.map(item => item.index)
      : Array.from({ length: listed.count() }, (_, index) => index),
  )
  const before = computed(() => (items.value[0] ? items.value[0].start - margin.value : 0))
  const after = computed(() => {
    const last = items.value.at(-1)
    return last ? virtualizer.value.getTotalSize() - (last.end - margin.value) : 0
  })
  function measure(element: Element | null) {
    if (many.value && element) virtualizer.value.measureElement(element)
  }
  /** Brings a row on screen and puts the focus into its first field. */
  async function focusRow(index: number, field = 'input') {
    if (many.value) virtualizer.value.scrollToIndex(index, { align: 'center' })
    await nextTick()
    await new Promise(resolve => requestAnimationFrame(resolve))
    listed.list.value?.querySelector<HTMLElement>(`[data-index="${String(index)}"] ${field}`)?.focus()
  }
  return { shown, before, after, measure, focusRow }
}
