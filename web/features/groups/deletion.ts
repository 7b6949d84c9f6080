// What goes with a group, as sentences.
import { wholeNumber } from '#web/lib/format.ts'

interface Deletion {
  members: number
  admins: number
  managedEvents: number
  copiesLost: number
  mappingRows: number
  isDefaultGroup: boolean
}
type Say = (key: string, named: { count: string }, plural: number) => string

const order = ['members', 'mappingRows', 'managedEvents', 'copiesLost', 'admins'] as const

/** One sentence for each kind of loss; empty when nobody and nothing hangs on the group. */
export function lossesOf(deletion: Deletion, t: Say): string[] {
  const counted = order
    .filter(kind => deletion[kind] > 0)
    .map(kind => t(`groups.delete.${kind}`, { count: wholeNumber(deletion[kind]) }, deletion[kind]))
  return deletion.isDefaultGroup ? [...counted, t('groups.delete.isDefaultGroup', { count: '' }, 1)] : counted
}
