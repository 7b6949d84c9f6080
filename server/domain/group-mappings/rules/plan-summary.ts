// What a mapping does to everybody: totals, ways from groups to groups, and what the fingerprint is made of.
import type { Mapping } from './mapping.ts'
import { isStill, plan, type Person, type PersonPlan } from './plan.ts'

export type MoveKind = 'join' | 'leave' | 'move' | 'unchanged'

export interface PlannedClass<Class> {
  readonly of: Class
  readonly plan: PersonPlan
  readonly kind: MoveKind
  /** Groups that the mapping holds the people in before and afterwards. */
  readonly from: readonly string[]
  readonly to: readonly string[]
}

export interface PlanTotals {
  readonly people: number
  readonly join: number
  readonly leave: number
  readonly move: number
  readonly unchanged: number
  /** People who are not deactivated and carry no value with a row. */
  readonly unmatched: number
  /** Deactivated people: nothing moves until they are back. */
  readonly frozen: number
}

export interface Flow {
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly people: number
}

export interface PlanSummary<Class> {
  readonly totals: PlanTotals
  readonly flows: readonly Flow[]
  readonly classes: readonly PlannedClass<Class>[]
}

interface Counted {
  readonly person: Person
  readonly people: number
}

/** Plans every class once. */
export function summarize<Class extends Counted>(
  classes: readonly Class[],
  mapping: Mapping,
): PlanSummary<Class> {
  const planned = classes.map(each => plannedClass(each, mapping))
  const sum = (wanted: (one: PlannedClass<Class>) => boolean): number =>
    planned.filter(wanted).reduce((total, { of }) => total + of.people, 0)
  const totals = {
    people: sum(() => true),
    join: sum(({ kind }) => kind === 'join'),
    leave: sum(({ kind }) => kind === 'leave'),
    move: sum(({ kind }) => kind === 'move'),
    unchanged: sum(({ kind }) => kind === 'unchanged'),
    unmatched: sum(({ of, plan: { matched } }) => !of.person.frozen && !matched),
    frozen: sum(({ of }) => of.person.frozen),
  }
  return { totals, flows: flowsOf(planned), classes: planned }
}

function plannedClass<Class extends Counted>(of: Class, mapping: Mapping): PlannedClass<Class> {
  const { person } = of
  const decided = plan(person, mapping)
  const from = [...new Set(person.sources.map(({ groupId }) => groupId))]
  const kept = person.sources.filter(source => !decided.takes.includes(source))
  const to = [...new Set([...kept, ...decided.gives].map(({ groupId }) => groupId))]
  return { of, plan: decided, kind: kindOf(decided), from: from.sort(), to: to.sort() }
}

/** What a plan does to a person's memberships. */
export function kindOf({ joins, leaves }: PersonPlan): MoveKind {
  if (joins.length > 0) return leaves.length > 0 ? 'move' : 'join'
  return leaves.length > 0 ? 'leave' : 'unchanged'
}

function flowsOf<Class extends Counted>(planned: readonly PlannedClass<Class>[]): Flow[] {
  const flows = new Map<string, Flow>()
  for (const { of, kind, from, to } of planned) {
    if (kind === 'unchanged') continue
    const key = `${from.join()}>${to.join()}`
    flows.set(key, { from, to, people: (flows.get(key)?.people ?? 0) + of.people })
  }
  return [...flows.values()].sort((one, other) => other.people - one.people)
}

/** Texts that are equal exactly when the same people move in the same way. */
export function movementsOf<Class extends Counted & { readonly mark: string }>({
  classes,
}: PlanSummary<Class>): string[] {
  return classes
    .filter(({ plan: decided }) => !isStill(decided))
    .map(({ of, plan: { gives, takes, refreshes } }) =>
      JSON.stringify([gives, takes, refreshes, of.people, of.mark]),
    )
    .sort()
}
