// Which columns the grid of members has.
import type { GridColumn } from '#web/ui/grid.ts'

/** A narrow grid keeps the person, with the sources below, and the way out; nobody but managers has a way to take people out. */
export function memberColumns(manageable: boolean, t: (key: string) => string): GridColumn[] {
  const columns = [
    { key: 'person', label: t('groups.person'), class: 'flex-[2] basis-48' },
    { key: 'source', label: t('groups.source'), class: 'flex-[2] basis-44 @max-lg:hidden' },
    { key: 'status', label: t('groups.status'), class: 'w-24 shrink-0 @max-3xl:hidden' },
    { key: 'since', label: t('groups.since'), class: 'w-24 shrink-0 @max-2xl:hidden' },
  ]
  const out = { key: 'remove', label: t('ui.actions'), quiet: true, class: 'w-9 shrink-0' }
  return manageable ? [...columns, out] : columns
}
