// What a list over people and groups is asked and what it answers.
import type { Group } from '#server/domain/groups/rules/group.ts'
import type { ListStart } from '#server/domain/lists/read-list.sql.ts'
import type { SeenUser } from '#server/domain/users/rules/user.ts'
import type { Filter, Place } from '#server/scim/index.ts'
import type { ResourceOrder } from './list-resources.sql.ts'

export interface ResourcesQuestion {
  readonly users: { readonly filter: Filter | null }
  /** Null where the organization takes no groups. */
  readonly groups: { readonly filter: Filter | null } | null
  /** Null for people in order of creation, then groups in order of creation. */
  readonly order: ResourceOrder | null
  readonly start: ListStart
  readonly count: number
}

export type Found =
  { readonly kind: 'user'; readonly user: SeenUser } | { readonly kind: 'group'; readonly group: Group }

export interface ResourcePage {
  readonly found: readonly Found[]
  /** Null behind a place, where each page would cost a count. */
  readonly total: number | null
  /** Where the next page begins; null on the last one. */
  readonly end: Place | null
}
