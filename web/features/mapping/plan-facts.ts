// The numbers of a plan as name and value, without those that would only say "none".
import { wholeNumber } from '#web/lib/format.ts'
import type { Plan, Seats } from './use-plan.ts'

interface Fact {
  name: string
  value: string
  warn?: boolean
}
type Translate = (key: string, values: Record<string, unknown>) => string

function copies({ gained, lost }: Plan['managedEvents']): string {
  return `+${wholeNumber(gained)} / −${wholeNumber(lost)}`
}

/** What is beside the moves: deactivated people, near misses, groups to be made, managed events, seats. */
export function sideFacts(plan: Plan, seats: Seats | null, t: Translate): Fact[] {
  const near = plan.nearMisses.reduce((sum, { count }) => sum + count, 0)
  const { frozen } = plan.totals
  const named = (key: string, value: string, warn = false) => ({
    name: t(`mapping.plan.${key}`, {}),
    value,
    warn,
  })
  const taken = seats?.total == null ? 'mapping.plan.seatsNone' : 'mapping.plan.seatsFree'
  return [
    ...(frozen > 0 ? [named('frozen', wholeNumber(frozen))] : []),
    ...(near > 0 ? [named('near', wholeNumber(near), true)] : []),
    ...(plan.newGroups.length > 0 ? [named('newGroups', plan.newGroups.join(', '))] : []),
    named('events', copies(plan.managedEvents)),
    named('seats', t(taken, { free: wholeNumber(seats?.free ?? 0) })),
  ]
}

/** Totals first, then everything beside them. Placing people takes no seats. */
export function planFacts(plan: Plan, seats: Seats | null, t: Translate): Fact[] {
  const names = ['join', 'move', 'leave', 'unchanged', 'unmatched'] as const
  const totals = names.map(key => ({
    name: t(`mapping.plan.${key}`, {}),
    value: wholeNumber(plan.totals[key]),
  }))
  return [...totals, ...sideFacts(plan, seats, t)]
}
