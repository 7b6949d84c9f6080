// The names that somebody had before: an earlier request may have named them so.
import type { Change } from './event.ts'

const naming = /^(?:userName|externalId|emails)\b/iu

/** userNames, externalIds and addresses among changes of a person, before and after each. */
export function formerNames(changes: readonly Change[]): string[] {
  const told = changes.filter(({ path }) => naming.test(path))
  return told.flatMap(({ before, after }) => [...valuesIn(before), ...valuesIn(after)])
}

/** A text itself, or the `value` of each address. */
function valuesIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap(valuesIn)
  return 'value' in value ? valuesIn(value.value) : []
}
