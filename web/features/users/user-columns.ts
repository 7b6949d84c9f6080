// Which columns the grid of people has under which tab.
import type { GridColumn } from '#web/ui/grid.ts'
import type { UserTab } from './user-filters.ts'

const last: Record<UserTab, { key: string; label: string; sort?: string }> = {
  active: { key: 'changed', label: 'users.changed' },
  pending: { key: 'created', label: 'users.invited', sort: 'created' },
  deactivated: { key: 'deactivated', label: 'users.since' },
  deleted: { key: 'purge', label: 'users.purgedIn' },
}

/** The columns under a tab; the narrow screen keeps the person and what is special about the tab. */
export function userColumns(tab: UserTab, t: (key: string) => string, withActions = false): GridColumn[] {
  const { key, label, sort } = last[tab]
  const shared = [
    { key: 'person', label: t('users.user'), class: 'flex-[2] basis-52', sort: 'name' },
    {
      key: 'sync',
      label: t('users.sync'),
      class: tab === 'deleted' ? 'w-44 shrink-0 @max-lg:w-28' : 'w-28 shrink-0 @max-lg:w-auto',
    },
    { key: 'group', label: t('users.group'), class: 'flex-1 basis-40 @max-xl:hidden' },
    { key: 'role', label: t('users.role'), class: 'w-28 shrink-0 @max-4xl:hidden' },
    { key, label: t(label), class: 'w-28 shrink-0 @max-2xl:hidden', ...(sort ? { sort } : {}) },
  ]
  if (tab !== 'pending') return shared
  const actions = { key: 'actions', label: t('ui.actions'), quiet: true, class: 'w-18 shrink-0' }
  return [
    ...shared,
    { key: 'sent', label: t('users.lastSent'), class: 'w-24 shrink-0 @max-4xl:hidden' },
    { key: 'expires', label: t('users.expires'), class: 'w-24 shrink-0 @max-3xl:hidden' },
    ...(withActions ? [actions] : []),
  ]
}

/** Columns that somebody may do without, under whatever tab. */
export const optionalColumns = ['sync', 'group', 'role', 'changed', 'created', 'deactivated', 'sent'] as const

/** Those of them that the tab has, with their names. */
export function columnChoices(tab: UserTab, t: (key: string) => string): { key: string; label: string }[] {
  const may = new Set<string>(optionalColumns)
  return userColumns(tab, t).filter(({ key }) => may.has(key))
}
