// Which people of the list are chosen, and how the grid shows it.
import { computed, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { usePlainClient } from '#web/graphql/client.ts'
import { wholeNumber } from '#web/lib/format.ts'
import type { GridSelection } from '#web/ui/grid.ts'
import { useNarrow } from '#web/ui/use-narrow.ts'
import { mostSelected, useSelection } from '#web/ui/use-selection.ts'
import { UserBlockQuery } from './documents.ts'
import { variablesOf, type UserFilters } from './user-filters.ts'
import type { UserRow } from './user-row.ts'

interface List {
  filters: () => UserFilters
  total: Ref<number | null>
  rowAt: (index: number) => UserRow | undefined
}

/** The choice itself: another order leaves it, another tab or filter ends it. */
function useChoice({ filters, total, rowAt }: List) {
  const client = usePlainClient()
  const narrowing = () => ({ ...variablesOf(filters()), orderBy: null })
  return useSelection<UserRow>({
    key: () => JSON.stringify(narrowing()),
    total: () => total.value,
    rowAt,
    fetch: async block => {
      const variables = { ...variablesOf(filters()), ...block, counted: false }
      const { data } = await client.query(UserBlockQuery, variables).toPromise()
      return data?.organization?.users.nodes ?? null
    },
  })
}

/** What the box of the header shows, says and does. */
function useWhole(selection: ReturnType<typeof useChoice>, total: Ref<number | null>) {
  const { t } = useI18n()
  return computed<GridSelection['all']>(() => {
    const count = selection.rows.value.length
    const people = total.value ?? 0
    const most = Math.min(people, mostSelected)
    const all = { count: wholeNumber(most), total: wholeNumber(people) }
    if (count === 0) {
      const label = t(people > mostSelected ? 'ui.selectFirst' : 'ui.selectAll', all)
      return { checked: false, label, toggle: () => void selection.addAll() }
    }
    return { checked: count >= most || 'some', label: t('ui.clearSelection'), toggle: selection.clear }
  })
}

/**
 * `picking` is what a narrow list begins by its Select button, for it has no room for boxes; a wide one always has
 * them.
 */
export function useChosen(list: List) {
  const { t } = useI18n()
  const narrow = useNarrow()
  const picking = ref(false)
  const selection = useChoice(list)
  const all = useWhole(selection, list.total)
  function end() {
    picking.value = false
    selection.clear()
  }
  watch(() => list.filters().tab, end)
  const grid = computed<GridSelection | undefined>(() => {
    if (narrow.value && !picking.value) return undefined
    return {
      has: selection.has,
      label: index => t('ui.selectNamed', { name: list.rowAt(index)?.displayName ?? '' }),
      toggle: (index, range) => void selection.toggle(index, range),
      taps: narrow.value,
      all: all.value,
    }
  })
  const remark = computed(() => {
    if (selection.failed.value) return t('ui.selectionFailed')
    return selection.full.value ? t('ui.selectionFull', { count: wholeNumber(mostSelected) }) : undefined
  })
  const offersPicking = computed(() => narrow.value && !picking.value && (list.total.value ?? 0) > 0)
  const count = computed(() => selection.rows.value.length)
  return { ...selection, count, grid, remark, picking, offersPicking, end }
}
