// From reasons as they are stored to what the plan knows of a person, and from a plan to what is written.
import { rowFor, type Mapping } from './mapping.ts'
import type { Person, PersonPlan, Source } from './plan.ts'

interface StoredSource {
  readonly groupId: string
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
}

/** The part of a person that the plan decides by. `otherwise` are the groups that hold them for another reason. */
export function placed(
  stored: readonly StoredSource[],
  who: { values: readonly string[]; frozen: boolean },
): Person {
  const sources = stored.flatMap(({ groupId, kind, detail }): Source[] => {
    if (kind !== 'mapping' && kind !== 'default') return []
    const value = detail['value']
    return [{ groupId, kind, value: typeof value === 'string' ? value : null }]
  })
  const otherwise = stored.filter(({ kind }) => kind !== 'mapping' && kind !== 'default')
  return { ...who, sources, otherwise: otherwise.map(({ groupId }) => groupId) }
}

/** The row that placed somebody, as it was at that moment; `row` counts from 1, `attribute` is a path. */
export interface RowKept {
  readonly value: string
  readonly row?: number
  readonly attribute: string
}

/** What a reason of the mapping keeps in `detail`; nothing for the group of everybody without a match. */
export function detailOf({ value }: Source, mapping: Mapping): RowKept | object {
  if (value === null) return {}
  const row = rowFor(mapping, value)
  return { value, attribute: mapping.source, ...(row === undefined ? {} : { row: row.position + 1 }) }
}

/** Every group that a plan touches, whether anybody enters or leaves it. */
export function touchedGroups({ gives, takes, refreshes }: PersonPlan): string[] {
  return [...gives, ...takes, ...refreshes].map(({ groupId }) => groupId)
}

/** Equal plans say the same of the same person: nothing that they depend on has changed in between. */
export function samePlan(one: PersonPlan, other: PersonPlan): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
