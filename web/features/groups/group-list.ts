// The list of groups in the address bar, and what it asks the server.
import type { GridColumn } from '#web/ui/grid.ts'
import { oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'

const sortNames = ['name', 'changed'] as const
const fields = { name: 'NAME', changed: 'CHANGED_AT' } as const

export interface GroupFilters {
  search: string
  sort: (typeof sortNames)[number]
  descending: boolean
}

/** Reads search and order from the address; by name unless it says otherwise. */
export function groupFiltersIn(query: RawQuery): GroupFilters {
  const sort = textIn(query, 'sort')
  return {
    search: textIn(query, 'q'),
    sort: oneOf(sort.replace(/^-/u, ''), sortNames, 'name'),
    descending: sort.startsWith('-'),
  }
}

/** The variables of the groups query. */
export function groupVariables(filters: GroupFilters) {
  return {
    search: filters.search || null,
    orderBy: {
      field: fields[filters.sort],
      direction: filters.descending ? ('DESC' as const) : ('ASC' as const),
    },
  }
}

/** The text of `?sort=` after a click on a column: names from A, changes from the latest; then the other way. */
export function nextGroupSort(filters: GroupFilters, by: string): string {
  const descending = filters.sort === by ? !filters.descending : by === 'changed'
  return `${descending ? '-' : ''}${by}`
}

/** Where the list of groups can be had as CSV, narrowed like the list. */
export function groupsCsv(search: string): string {
  return search === '' ? '/exports/groups.csv' : `/exports/groups.csv?search=${encodeURIComponent(search)}`
}

/** The columns; a narrow list keeps the name and the number of people. */
export function groupColumns(t: (key: string) => string): GridColumn[] {
  return [
    { key: 'name', label: t('groups.group'), class: 'flex-[2] basis-44', sort: 'name' },
    { key: 'members', label: t('groups.members'), class: 'w-20 shrink-0 pr-2 text-right' },
    { key: 'from', label: t('groups.from'), class: 'flex-[2] basis-52 @max-2xl:hidden' },
    { key: 'events', label: t('groups.managedEvents'), class: 'flex-1 basis-32 @max-4xl:hidden' },
    { key: 'admins', label: t('groups.admins'), class: 'flex-1 basis-32 @max-5xl:hidden' },
    { key: 'changed', label: t('groups.changed'), class: 'w-24 shrink-0 @max-xl:hidden', sort: 'changed' },
  ]
}
