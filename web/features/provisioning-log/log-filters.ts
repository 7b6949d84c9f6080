// The filters of feed and log: how they stand in the address and what they ask the server.
import { listIn, oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'

export const outcomes = ['succeeded', 'refused', 'failed'] as const
export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export const statuses = [
  '200',
  '201',
  '204',
  '400',
  '401',
  '403',
  '404',
  '409',
  '412',
  '413',
  '429',
  '500',
] as const
export const eventTypes = [
  'user.created',
  'user.updated',
  'user.deactivated',
  'user.reactivated',
  'user.deleted',
  'user.restored',
] as const

export type LogView = 'lines' | 'requests'
export interface LogFilters {
  search: string
  outcomes: (typeof outcomes)[number][]
  methods: (typeof methods)[number][]
  statuses: (typeof statuses)[number][]
  types: (typeof eventTypes)[number][]
  /** Id of a person, or "". */
  person: string
  /** RFC 3339 moments, or "". */
  from: string
  to: string
}

/** Which of the two lists the feed shows. */
export const viewIn = (query: RawQuery): LogView =>
  oneOf(textIn(query, 'view'), ['lines', 'requests'] as const, 'lines')

/** As the API takes them: browsers read much else as a moment. */
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/u

function momentIn(query: RawQuery, name: string): string {
  const text = textIn(query, name)
  return rfc3339.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}

/** Reads the filters from the address; what it does not understand counts as not given. */
export function filtersIn(query: RawQuery): LogFilters {
  return {
    search: textIn(query, 'q'),
    outcomes: listIn(query, 'outcome', outcomes),
    methods: listIn(query, 'method', methods),
    statuses: listIn(query, 'status', statuses),
    types: listIn(query, 'type', eventTypes),
    person: textIn(query, 'person'),
    from: momentIn(query, 'from'),
    to: momentIn(query, 'to'),
  }
}

/** True when something narrows the list. */
export function isFiltered(filters: LogFilters): boolean {
  return Object.values(filters).some((value: string | readonly string[]) => value.length > 0)
}

/** The values that clear every filter from the address. */
export const noFilters = {
  q: '',
  outcome: '',
  method: '',
  status: '',
  type: '',
  person: '',
  from: '',
  to: '',
}

const shared = (filters: LogFilters) => ({
  ...(filters.search ? { search: filters.search } : {}),
  ...(filters.person ? { userId: filters.person } : {}),
  ...(filters.from ? { from: filters.from } : {}),
  ...(filters.to ? { to: filters.to } : {}),
})

/** The server's filter for requests. */
export function exchangeFilter(filters: LogFilters) {
  const upper = { succeeded: 'SUCCEEDED', refused: 'REFUSED', failed: 'FAILED' } as const
  return {
    ...shared(filters),
    ...(filters.outcomes.length > 0 ? { outcomes: filters.outcomes.map(one => upper[one]) } : {}),
    ...(filters.methods.length > 0 ? { methods: filters.methods } : {}),
    ...(filters.statuses.length > 0 ? { statuses: filters.statuses.map(Number) } : {}),
  }
}

/** The server's filter for events. */
export function eventFilter(filters: LogFilters) {
  return { ...shared(filters), ...(filters.types.length > 0 ? { types: filters.types } : {}) }
}
