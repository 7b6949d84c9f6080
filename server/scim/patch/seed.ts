// What a new element starts with when a value filter matches nothing (Q14).
import type { Filter } from '../filter/ast.ts'
import type { Json, JsonObject } from '../json.ts'

/**
 * The parts an `eq` conjunction fixes: `type eq "work"` gives `{ type: "work" }`. Null when the filter says anything
 * else, or fixes the very part that is being written.
 */
export function seedFrom(filter: Filter, written: string | undefined): JsonObject | null {
  const parts = new Map<string, Json>()
  for (const term of filter.kind === 'and' ? filter.terms : [filter]) {
    const fixed = fixedPart(term)
    if (fixed === null || fixed.name === written || parts.has(fixed.name)) return null
    parts.set(fixed.name, fixed.value)
  }
  return Object.fromEntries(parts)
}

function fixedPart(term: Filter): { readonly name: string; readonly value: Json } | null {
  if (term.kind !== 'compare' || term.operator !== 'eq' || term.value === null) return null
  const { sub } = term.path
  return sub === undefined || sub.mutability === 'readOnly' ? null : { name: sub.name, value: term.value }
}
