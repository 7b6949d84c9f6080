// Which people of a preview are shown: how that stands in the address, and what it asks the server.
import { language } from '#web/lib/language.ts'
import { oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'
import type { Plan } from './use-plan.ts'

export const peopleTabs = ['moved', 'join', 'move', 'leave', 'unmatched', 'unchanged', 'all'] as const
export type PeopleTab = (typeof peopleTabs)[number]

/** In the address, where otherwise the id of a group stands. */
export const noGroup = 'none'

export interface PeopleFilters {
  tab: PeopleTab
  search: string
  /** Id of a group, "none" for people without one, empty for anybody. */
  from: string
  to: string
}

const kinds = {
  moved: ['JOIN', 'LEAVE', 'MOVE'],
  join: ['JOIN'],
  move: ['MOVE'],
  leave: ['LEAVE'],
  unchanged: ['UNCHANGED'],
  unmatched: null,
  all: null,
} as const

/** Reads the filters from the address; what it does not understand counts as not given. */
export function peopleFiltersIn(query: RawQuery): PeopleFilters {
  return {
    tab: oneOf(textIn(query, 'who'), peopleTabs, 'moved'),
    search: textIn(query, 'q'),
    from: textIn(query, 'from'),
    to: textIn(query, 'to'),
  }
}

/** The variables of the query, without the mapping and the page. */
export function peopleVariables({ tab, search, from, to }: PeopleFilters) {
  const chosen = kinds[tab]
  return {
    kinds: chosen === null ? null : [...chosen],
    search: search || null,
    from: from === noGroup ? null : from || null,
    to: to === noGroup ? null : to || null,
    fromNone: from === noGroup ? true : null,
    toNone: to === noGroup ? true : null,
    unmatched: tab === 'unmatched' ? true : null,
  }
}

/** How many people each tab has before search and group filters. */
export function peopleCounts({ totals }: Plan): Record<PeopleTab, number> {
  const { join, move, leave, unchanged, unmatched, people } = totals
  return { moved: join + move + leave, join, move, leave, unmatched, unchanged, all: people }
}

/** Where a flow leads in the list: its groups as filters, and the kind of change when one end is no group. */
export function flowFilters({ from, to }: Plan['flows'][number]): {
  who: PeopleTab
  from: string
  to: string
} {
  const who = from.length === 0 ? 'join' : to.length === 0 ? 'leave' : 'move'
  const end = (groups: typeof from) => (groups.length === 0 ? noGroup : (groups[0]?.id ?? ''))
  return { who, from: end(from), to: end(to) }
}

/** The groups that people come from or go to, by name; those that are only made at save have no id to ask for. */
export function endsOf(flows: Plan['flows'], end: 'from' | 'to'): { key: string; label: string }[] {
  const names = new Map(flows.flatMap(flow => flow[end].map(({ id, name }) => [id, name] as const)))
  return [...names]
    .flatMap(([key, label]) => (key === null ? [] : [{ key, label }]))
    .sort((one, two) => one.label.localeCompare(two.label, language.value))
}
