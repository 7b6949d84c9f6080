// The list of managed events in the address bar, and its columns.
import type { GridColumn } from '#web/ui/grid.ts'
import { oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'

const sortNames = ['name', 'changed'] as const
const fields = { name: 'NAME', changed: 'CHANGED_AT' } as const

export interface EventFilters {
  search: string
  sort: (typeof sortNames)[number]
  descending: boolean
}

/** Reads search and order from the address; by name unless it says otherwise. */
export function eventFiltersIn(query: RawQuery): EventFilters {
  const sort = textIn(query, 'sort')
  return {
    search: textIn(query, 'q'),
    sort: oneOf(sort.replace(/^-/u, ''), sortNames, 'name'),
    descending: sort.startsWith('-'),
  }
}

/** The variables of the list. */
export function eventVariables(filters: EventFilters) {
  return {
    search: filters.search || null,
    orderBy: {
      field: fields[filters.sort],
      direction: filters.descending ? ('DESC' as const) : ('ASC' as const),
    },
  }
}

/** The text of `?sort=` after a click on a column: names from A, changes from the latest; then the other way. */
export function nextEventSort(filters: EventFilters, by: string): string {
  const descending = filters.sort === by ? !filters.descending : by === 'changed'
  return `${descending ? '-' : ''}${by}`
}

/** The columns; a narrow list keeps the name and the number of holders. */
export function eventColumns(t: (key: string) => string): GridColumn[] {
  return [
    { key: 'name', label: t('managed-events.event'), class: 'flex-[2] basis-48', sort: 'name' },
    { key: 'assigned', label: t('managed-events.assignedTo'), class: 'flex-[2] basis-40 @max-2xl:hidden' },
    { key: 'holders', label: t('managed-events.holders'), class: 'w-20 shrink-0 pr-2 text-right' },
    { key: 'locked', label: t('managed-events.locked'), class: 'flex-[2] basis-44 @max-4xl:hidden' },
    {
      key: 'changed',
      label: t('managed-events.changedBy'),
      class: 'w-40 shrink-0 @max-3xl:hidden',
      sort: 'changed',
    },
    { key: 'menu', label: t('ui.actions'), quiet: true, class: 'w-8 shrink-0' },
  ]
}
