// Which attributes an answer shows: `attributes` and `excludedAttributes` (RFC 7644 section 3.9).
import type { ResourceType } from '../attribute.ts'
import { refusal } from '../error.ts'
import { isRawArray } from '../json.ts'
import { resolveName } from '../path/resolve.ts'

/** The parameters as they came: a comma-separated text (query) or an array of names (.search body). */
export interface SelectionParameters {
  readonly attributes?: unknown
  readonly excludedAttributes?: unknown
}

/**
 * What to show. Keys are those of `AttributePath`; an extension URN alone stands for its whole container. `default`
 * shows everything the schema returns by default.
 */
export type Selection =
  { readonly kind: 'default' } | { readonly kind: 'only' | 'except'; readonly keys: ReadonlySet<string> }

/**
 * Reads both parameters. Names are matched in any case, unknown ones ignored (A7, A8), a value filter in brackets is
 * skipped (A10). Both at once are `invalidValue` (A2).
 */
export function parseSelection(parameters: SelectionParameters, type: ResourceType): Selection {
  const only = namesIn(parameters.attributes)
  const except = namesIn(parameters.excludedAttributes)
  if (only.length > 0 && except.length > 0) {
    throw refusal('invalidValue', 'Send either "attributes" or "excludedAttributes", not both.')
  }
  if (only.length > 0) return { kind: 'only', keys: keysOf(only, type) }
  if (except.length > 0) return { kind: 'except', keys: keysOf(except, type) }
  return { kind: 'default' }
}

function namesIn(parameter: unknown): readonly string[] {
  const texts = isRawArray(parameter) ? parameter : [parameter]
  return texts
    .flatMap(text => (typeof text === 'string' ? withoutBrackets(text).split(',') : []))
    .map(name => name.trim())
    .filter(name => name !== '')
}

/** `emails[type eq "work"].value` reads as `emails.value` (A10). */
function withoutBrackets(text: string): string {
  return text.replace(/\[[^\]]*\]/g, '')
}

function keysOf(names: readonly string[], type: ResourceType): ReadonlySet<string> {
  return new Set(
    names.flatMap(name => {
      const found = resolveName(name, type, { anySchema: true })
      if (found.kind === 'attribute') return [found.path.key]
      return found.kind === 'container' ? [found.schema.id] : []
    }),
  )
}

/**
 * Whether an answer shows anything of a top-level attribute (`groups`, `members`) that is returned by default; lets
 * callers skip loading what nobody will see (A9).
 */
export function isSelected(selection: Selection, key: string): boolean {
  if (selection.kind === 'default') return true
  if (selection.kind === 'except') return !selection.keys.has(key)
  return [...selection.keys].some(
    each => each === key || each.startsWith(`${key}.`) || each.startsWith(`${key}:`),
  )
}
