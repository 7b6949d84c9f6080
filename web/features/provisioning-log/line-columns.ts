// Which columns the lines have on wide and on narrow screens.
import type { GridColumn } from '#web/ui/grid.ts'

/** One card on narrow screens; else time, sentence, call, status, duration. */
export function lineColumns(
  look: { narrow: boolean; dated: boolean },
  t: (key: string) => string,
): GridColumn[] {
  if (look.narrow) return [{ key: 'card', label: t('provisioning-log.columns.what'), class: 'flex-1' }]
  return [
    {
      key: 'time',
      label: t('provisioning-log.columns.time'),
      class: look.dated ? 'w-36 shrink-0' : 'w-24 shrink-0',
    },
    { key: 'what', label: t('provisioning-log.columns.what'), class: 'flex-[3] basis-40' },
    { key: 'call', label: t('provisioning-log.columns.call'), class: 'flex-[2] basis-40 @max-4xl:hidden' },
    { key: 'status', label: t('provisioning-log.columns.status'), class: 'w-12 shrink-0 @max-md:hidden' },
    {
      key: 'duration',
      label: t('provisioning-log.columns.duration'),
      class: 'w-16 shrink-0 text-right @max-xl:hidden',
    },
  ]
}
