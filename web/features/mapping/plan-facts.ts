// The numbers of a plan as name and value, without those that would only say "none".
import { wholeNumber } from '#web/lib/format.ts'
import type { Plan, Seats } from './use-plan.ts'

interface Fact {
  name: string
  value: string
  warn?: boolean
}

function copies({ gained, lost }: Plan['managedEvents']): string {
  return `+${wholeNumber(gained)} / −${wholeNumber(lost)}`
}

/** Totals first, then groups to be made, managed events and seats. Placing people takes no seats. */
export function planFacts(
  plan: Plan,
  seats: Seats | null,
  t: (key: string, values?: object) => string,
): Fact[] {
  const { totals, managedEvents } = plan
  const near = plan.nearMisses.reduce((sum, { count }) => sum + count, 0)
  const facts: (Fact & { hide?: boolean })[] = [
    { name: t('mapping.plan.join'), value: wholeNumber(totals.join) },
    { name: t('mapping.plan.move'), value: wholeNumber(totals.move) },
    { name: t('mapping.plan.leave'), value: wholeNumber(totals.leave) },
    { name: t('mapping.plan.unchanged'), value: wholeNumber(totals.unchanged) },
    { name: t('mapping.plan.unmatched'), value: wholeNumber(totals.unmatched) },
    { name: t('mapping.plan.frozen'), value: wholeNumber(totals.frozen), hide: totals.frozen === 0 },
    { name: t('mapping.plan.near'), value: wholeNumber(near), hide: near === 0, warn: true },
    {
      name: t('mapping.plan.newGroups'),
      value: plan.newGroups.join(', '),
      hide: plan.newGroups.length === 0,
    },
    { name: t('mapping.plan.events'), value: copies(managedEvents) },
    {
      name: t('mapping.plan.seats'),
      value: t(seats?.total == null ? 'mapping.plan.seatsNone' : 'mapping.plan.seatsFree', {
        free: wholeNumber(seats?.free ?? 0),
      }),
    },
  ]
  return facts.filter(fact => !fact.hide).map(({ hide: _, ...fact }) => fact)
}
