// Why somebody joins or leaves a group, in the words of the feed: `Department = Sales, row 3`.
import type { Mapping } from './mapping.ts'
import { rowFor } from './mapping.ts'
import { matchKeys } from './match-key.ts'
import type { Person, PersonPlan, Source } from './plan.ts'
import { detailOf } from './placement.ts'
import { attributeLabel } from './source-attribute.ts'

const shown = 80

/** Why the mapping gives a membership. */
export function joinReason(source: Source, mapping: Mapping): string {
  return keptReason({ ...detailOf(source, mapping) })
}

/** The same from what a reason has kept in its `detail`. */
export function keptReason(detail: Readonly<Record<string, unknown>>): string {
  const { value, attribute, row } = detail
  if (typeof value !== 'string') return 'no other group matches'
  const label = typeof attribute === 'string' ? attributeLabel(attribute) : 'Value'
  return `${label} = ${quoted(value)}${typeof row === 'number' ? `, row ${String(row)}` : ''}`
}

/** Why it takes one away: the values that the person carries now lead elsewhere, or nowhere. */
export function leaveReason(values: readonly string[], mapping: Mapping): string {
  const keys = matchKeys(values)
  const label = attributeLabel(mapping.source)
  if (keys.length === 0) return `${label} is empty now`
  const shownKeys = keys.slice(0, 3).map(quoted).join(', ')
  const mapped = keys.some(key => rowFor(mapping, key) !== undefined)
  return mapped ? `${label} = ${shownKeys} now` : `${label} = ${shownKeys} has no row`
}

/** Why a plan does to a person what it does. */
export function planReason(person: Person, { gives, takes }: PersonPlan, mapping: Mapping): string {
  if (person.frozen) return 'deactivated: decided when they are back'
  if (gives.length > 0) return gives.map(source => joinReason(source, mapping)).join('; ')
  return takes.length > 0 ? leaveReason(person.values, mapping) : 'nothing changes'
}

function quoted(value: string): string {
  return value.length <= shown ? value : `${Array.from(value).slice(0, shown).join('')}…`
}
