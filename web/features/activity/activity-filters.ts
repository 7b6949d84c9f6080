// The filters of the activity log: how they stand in the address, what they ask the server, and the file they make.
import { listIn, textIn, type RawQuery } from '#web/lib/query-text.ts'

export const actorKinds = ['person', 'api-key', 'scim-token', 'operator', 'system', 'anonymous'] as const
export const categories = [
  ...(['sign-in', 'single-sign-on', 'provisioning', 'mapping'] as const),
  ...(['people', 'groups', 'managed-events', 'organization'] as const),
] as const

export interface ActivityFilters {
  search: string
  by: (typeof actorKinds)[number][]
  categories: (typeof categories)[number][]
  /** Days such as 2026-11-22, or "". */
  from: string
  to: string
}

/** Days whose midnight, and that of the next, has a year of four digits in every zone. */
const dayIn = (query: RawQuery, name: string) => {
  const text = textIn(query, name)
  const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text))
  return isDay && text >= '1970' && text < '9999' ? text : ''
}

/** Reads the filters from the address; what it does not understand counts as not given. */
export function filtersIn(query: RawQuery): ActivityFilters {
  return {
    search: textIn(query, 'q'),
    by: listIn(query, 'by', actorKinds),
    categories: listIn(query, 'category', categories),
    from: dayIn(query, 'from'),
    to: dayIn(query, 'to'),
  }
}

/** The values that clear every filter from the address. */
export const noFilters = { q: '', by: '', category: '', from: '', to: '' }

/** True when something narrows the list. */
export function isFiltered(filters: ActivityFilters): boolean {
  return Object.values(filters).some((value: string | readonly string[]) => value.length > 0)
}

/** Midnight in the reader's zone when a day begins, or `days` later. */
function midnight(day: string, days = 0): string {
  const date = new Date(`${day}T00:00`)
  date.setDate(date.getDate() + days)
  return date.toISOString()
}

const range = ({ from, to }: ActivityFilters) => ({
  ...(from ? { from: midnight(from) } : {}),
  ...(to ? { to: midnight(to, 1) } : {}),
})

const upper = <Word extends string>(word: Word) =>
  word.replaceAll('-', '_').toUpperCase() as Uppercase<Underscored<Word>>
type Underscored<Word extends string> = Word extends `${infer Head}-${infer Rest}`
  ? `${Head}_${Underscored<Rest>}`
  : Word

/** What the server takes. */
export function activityFilter(filters: ActivityFilters) {
  return {
    ...range(filters),
    ...(filters.search ? { search: filters.search } : {}),
    ...(filters.by.length > 0 ? { actorKinds: filters.by.map(upper) } : {}),
    ...(filters.categories.length > 0 ? { categories: filters.categories.map(upper) } : {}),
  }
}

/** Where the list can be had as CSV, narrowed like the list. */
export function activityCsv(filters: ActivityFilters): string {
  const { search, by, categories: about } = filters
  const lists = { by: by.join(','), category: about.join(',') }
  const asked = Object.entries({ search, ...lists, ...range(filters) }).filter(([, value]) => value !== '')
  const query = new URLSearchParams(asked).toString()
  return query === '' ? '/exports/activity.csv' : `/exports/activity.csv?${query}`
}
