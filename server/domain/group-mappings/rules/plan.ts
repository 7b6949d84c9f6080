// Where a person belongs by the mapping: the one function behind preview, save, apply and every SCIM write.
import { isAtWork, rowFor, type Mapping } from './mapping.ts'
import { matchKeys } from './match-key.ts'

/** A reason for a membership that the mapping gives: by a row (its value) or as the group for everybody else. */
export interface Source {
  readonly groupId: string
  readonly kind: 'mapping' | 'default'
  /** The row's value; null for `default`. */
  readonly value: string | null
}

export interface Person {
  /** As received. */
  readonly values: readonly string[]
  /** Deactivated: nothing moves until they are back. */
  readonly frozen: boolean
  /** What the mapping has given so far. */
  readonly sources: readonly Source[]
  /** Groups that hold the person for another reason, too. */
  readonly otherwise: readonly string[]
}

export interface PersonPlan {
  readonly gives: readonly Source[]
  readonly takes: readonly Source[]
  /** Same group and kind, but another value leads there now. */
  readonly refreshes: readonly Source[]
  /** Groups that the person enters or leaves; a group that holds them for another reason is in neither. */
  readonly joins: readonly string[]
  readonly leaves: readonly string[]
  /** Carries a value that has a row. */
  readonly matched: boolean
}

const still: PersonPlan = { gives: [], takes: [], refreshes: [], joins: [], leaves: [], matched: false }

/** Decides for one person. Switched off, the mapping moves nobody; nor does it move the deactivated. */
export function plan(person: Person, mapping: Mapping): PersonPlan {
  const wanted = wantedSources(person, mapping)
  const matched = wanted.some(source => source.kind === 'mapping')
  if (!isAtWork(mapping) || person.frozen) return { ...still, matched }
  const had = (source: Source): Source | undefined => person.sources.find(each => isSame(each, source))
  const gives = wanted.filter(source => had(source) === undefined)
  const takes = person.sources.filter(source => !wanted.some(each => isSame(each, source)))
  const refreshes = wanted.filter(source => {
    const before = had(source)
    return before !== undefined && before.value !== source.value
  })
  return { gives, takes, refreshes, ...crossings(person, { gives, takes, wanted }), matched }
}

/** True when there is nothing to write. */
export function isStill({ gives, takes, refreshes }: PersonPlan): boolean {
  return gives.length + takes.length + refreshes.length === 0
}

/** Every value is matched for itself; a value that already holds the person in a group goes on doing so. */
function wantedSources({ values, sources }: Person, mapping: Mapping): Source[] {
  const rows = matchKeys(values)
    .flatMap(key => rowFor(mapping, key) ?? [])
    .sort((one, other) => one.position - other.position)
  const wanted = [...new Set(rows.map(row => row.groupId))].map((groupId): Source => {
    const here = rows.filter(row => row.groupId === groupId)
    const kept = here.find(row => sources.some(each => each.groupId === groupId && each.value === row.value))
    return { groupId, kind: 'mapping', value: (kept ?? here[0])?.value ?? null }
  })
  const { defaultGroupId } = mapping
  if (wanted.length > 0 || defaultGroupId === null) return wanted
  return [{ groupId: defaultGroupId, kind: 'default', value: null }]
}

interface Moves {
  readonly gives: readonly Source[]
  readonly takes: readonly Source[]
  readonly wanted: readonly Source[]
}

function crossings(person: Person, { gives, takes, wanted }: Moves): { joins: string[]; leaves: string[] } {
  const before = new Set([...person.sources.map(({ groupId }) => groupId), ...person.otherwise])
  const after = new Set([...wanted.map(({ groupId }) => groupId), ...person.otherwise])
  const of = (sources: readonly Source[]): string[] => [...new Set(sources.map(({ groupId }) => groupId))]
  return {
    joins: of(gives).filter(groupId => !before.has(groupId)),
    leaves: of(takes).filter(groupId => !after.has(groupId)),
  }
}

function isSame(one: Source, other: Source): boolean {
  return one.groupId === other.groupId && one.kind === other.kind
}
