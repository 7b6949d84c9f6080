// How many copies of managed events people gain and lose by a plan.
import type { Person, PersonPlan } from './plan.ts'

export interface CopiesMoved {
  readonly gained: number
  readonly lost: number
}

/** For one person; what they hold because it is assigned to them alone is not looked at. */
export function copiesMoved(
  { sources, otherwise }: Person,
  { joins, leaves }: PersonPlan,
  assigned: ReadonlyMap<string, readonly string[]>,
): CopiesMoved {
  if (joins.length + leaves.length === 0) return { gained: 0, lost: 0 }
  const before = new Set([...sources.map(({ groupId }) => groupId), ...otherwise])
  const after = new Set([...before, ...joins].filter(groupId => !leaves.includes(groupId)))
  const held = (groups: ReadonlySet<string>): Set<string> =>
    new Set([...groups].flatMap(groupId => assigned.get(groupId) ?? []))
  const [had, has] = [held(before), held(after)]
  return {
    gained: [...has].filter(id => !had.has(id)).length,
    lost: [...had].filter(id => !has.has(id)).length,
  }
}
