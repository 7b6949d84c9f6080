// Which people of a preview are shown: how that stands in the address, and what it asks the server.
import { oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'
import type { Plan } from './use-plan.ts'

export const peopleTabs = ['moved', 'join', 'move', 'leave', 'unmatched', 'unchanged', 'all'] as const
export type PeopleTab = (typeof peopleTabs)[number]

export interface PeopleFilters {
  tab: PeopleTab
  search: string
  /** Ids of groups; empty for any. */
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
    from: from || null,
    to: to || null,
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
  return { who, from: from[0]?.id ?? '', to: to[0]?.id ?? '' }
}
