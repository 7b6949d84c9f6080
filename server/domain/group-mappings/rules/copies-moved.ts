// How many copies of managed events people gain and lose by a plan.
import { changeOfHolding, type Assignments } from '#server/domain/managed-events/rules/holding.ts'
import type { Person, PersonPlan } from './plan.ts'

export interface CopiesMoved {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
}

/** Managed events that somebody gets and loses by their groups, if they hold none of them in person. */
export function copiesMoved(
  { sources, otherwise }: Person,
  { joins, leaves }: PersonPlan,
  assignments: Assignments,
): CopiesMoved {
  if (joins.length + leaves.length === 0) return { gained: [], lost: [] }
  const before = new Set([...sources.map(({ groupId }) => groupId), ...otherwise])
  const after = new Set([...before, ...joins].filter(groupId => !leaves.includes(groupId)))
  return changeOfHolding({ before, after }, assignments)
}
