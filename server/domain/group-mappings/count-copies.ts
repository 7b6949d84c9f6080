// Counts the copies of managed events that people gain and lose by a plan.
import type { Sql } from '#server/domain/context.ts'
import { readGroupAssignments } from '#server/domain/managed-events/read-assignments.sql.ts'
import { assignmentsOf } from '#server/domain/managed-events/rules/holding.ts'
import { readHoldersInPerson, type ClassKey, type PeopleClass } from './read-classes.sql.ts'
import { copiesMoved } from './rules/copies-moved.ts'
import type { PlanSummary } from './rules/plan-summary.ts'

export interface CopyCounts {
  readonly gained: number
  readonly lost: number
}

/** Who holds a managed event in person neither gains nor loses it. */
export async function countCopies(sql: Sql, { classes }: PlanSummary<PeopleClass>): Promise<CopyCounts> {
  const assignments = assignmentsOf(await readGroupAssignments(sql))
  const inPerson = await holdersByClass(sql)
  let [gained, lost] = [0, 0]
  for (const { of, plan } of classes) {
    const moved = copiesMoved(of.person, plan, assignments)
    const others = (id: string): number => of.people - (inPerson.get(keyOf(of.key))?.get(id) ?? 0)
    gained += sum(moved.gained.map(others))
    lost += sum(moved.lost.map(others))
  }
  return { gained, lost }
}

/** How many people of a class hold which managed event in person. */
async function holdersByClass(sql: Sql): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const found = new Map<string, Map<string, number>>()
  for (const { managedEventId, people, ...key } of await readHoldersInPerson(sql)) {
    const counts = found.get(keyOf(key)) ?? new Map<string, number>()
    found.set(keyOf(key), counts.set(managedEventId, people))
  }
  return found
}

function keyOf({ values, frozen, tokens }: ClassKey): string {
  return JSON.stringify([values, frozen, tokens])
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
