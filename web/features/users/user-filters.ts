// The filters of the users page: how they stand in the address and what they ask the server.
import { listIn, oneOf, textIn, type RawQuery } from '#web/lib/query-text.ts'
import { roles, type UserRole } from './user-row.ts'

export const tabs = ['active', 'pending', 'deactivated', 'deleted'] as const
export type UserTab = (typeof tabs)[number]

const statusOf = {
  active: 'ACTIVE',
  pending: 'PENDING',
  deactivated: 'DEACTIVATED',
  deleted: 'DELETED',
} as const
const sorts = {
  name: 'NAME',
  email: 'USER_NAME',
  created: 'CREATED_AT',
  provisioned: 'PROVISIONED_AT',
} as const
const sortNames = ['name', 'email', 'created', 'provisioned'] as const

export interface UserFilters {
  tab: UserTab
  search: string
  roles: UserRole[]
  /** "yes", "no", or "" for both. */
  linked: '' | 'yes' | 'no'
  group: string
  /** Global id of a group of ours, or "". */
  member: string
  sort: (typeof sortNames)[number]
  descending: boolean
}

/** Reads the filters from the address; what it does not understand counts as not given. */
export function filtersIn(query: RawQuery): UserFilters {
  const sort = textIn(query, 'sort')
  return {
    tab: oneOf(textIn(query, 'tab'), tabs, 'active'),
    search: textIn(query, 'q'),
    roles: listIn(query, 'role', roles),
    linked: oneOf(textIn(query, 'linked'), ['yes', 'no', ''] as const, ''),
    group: textIn(query, 'group'),
    member: textIn(query, 'member'),
    sort: oneOf(sort.replace(/^-/u, ''), sortNames, 'name'),
    descending: sort.startsWith('-'),
  }
}

/** True when something narrows the list beyond its tab. */
export function isFiltered(filters: UserFilters): boolean {
  const { search, roles, linked, group, member } = filters
  return roles.length > 0 || [search, linked, group, member].some(text => text !== '')
}

/** The variables of the users query. */
export function variablesOf(filters: UserFilters) {
  return {
    status: [statusOf[filters.tab]],
    search: filters.search || null,
    role: filters.roles.length > 0 ? filters.roles : null,
    linked: filters.linked === '' ? null : filters.linked === 'yes',
    identityProviderGroup: filters.group || null,
    groupId: filters.member || null,
    orderBy: {
      field: sorts[filters.sort],
      direction: filters.descending ? ('DESC' as const) : ('ASC' as const),
    },
  }
}

/** The text of `?sort=` after a click on a column: ascending first, then the other way round. */
export function nextSort(filters: UserFilters, by: string): string {
  const descending = filters.sort === by && !filters.descending
  return `${descending ? '-' : ''}${by}`
}

/** Where the people whom the list shows can be had as CSV. */
export function usersCsv({ tab, search, roles, linked, group, member }: UserFilters): string {
  const query = new URLSearchParams({ status: tab })
  if (search !== '') query.set('search', search)
  if (roles.length > 0) query.set('role', roles.join(',').toLowerCase())
  if (linked !== '') query.set('linked', linked)
  if (group !== '') query.set('identityProviderGroup', group)
  if (member !== '') query.set('groupId', member)
  return `/exports/users.csv?${query.toString()}`
}
