// Parses the `path` of a PATCH operation (RFC 7644 section 3.5.2, figure 7).
import type { ResourceType, Schema } from '../attribute.ts'
import { refusal, type ScimError } from '../error.ts'
import type { Filter } from '../filter/ast.ts'
import { parseElementFilter, type FilterOptions } from '../filter/parse.ts'
import { textEnd } from '../filter/tokenize.ts'
import { attributePath, type AttributePath } from '../path/attribute-path.ts'
import { findSubAttribute, isNameForm, resolveName } from '../path/resolve.ts'
import { quoted } from '../text.ts'

/** What a path points at. */
export type PatchTarget =
  | { readonly kind: 'attribute'; readonly path: AttributePath }
  | { readonly kind: 'elements'; readonly path: AttributePath; readonly filter: Filter }
  | { readonly kind: 'container'; readonly schema: Schema }
  | { readonly kind: 'unknown'; readonly name: string }

const pathLengthLimit = 4_096

/**
 * Resolves `attr`, `attr.sub`, `attr[filter]`, `attr[filter].sub` and a bare schema URN. Malformed text is
 * `invalidPath` (H11), a malformed filter inside `invalidFilter` (H12); a well-formed unknown name comes back as such.
 */
export function parsePath(text: string, type: ResourceType, options: FilterOptions): PatchTarget {
  const path = text.trim()
  if (path.length > pathLengthLimit) throw refusal('invalidPath', 'The path is too long.')
  const open = path.indexOf('[')
  return open < 0 ? parseName(path, type) : parseBrackets({ path, open, type, options })
}

function malformed(path: string): ScimError {
  return refusal('invalidPath', `The path ${quoted(path)} cannot be read. Write it like name.familyName.`)
}

function parseName(name: string, type: ResourceType): PatchTarget {
  const found = resolveName(name, type)
  if (found.kind !== 'unknown') return found
  if (!isNameForm(name)) throw malformed(name)
  return { kind: 'unknown', name }
}

interface Bracketed {
  readonly path: string
  readonly open: number
  readonly type: ResourceType
  readonly options: FilterOptions
}

function parseBrackets({ path, open, type, options }: Bracketed): PatchTarget {
  const close = closingBracket(path, open)
  const tail = path.slice(close + 1)
  const isSub = tail.startsWith('.') && !tail.includes('.', 1) && isNameForm(tail.slice(1))
  if (tail !== '' && !isSub) throw malformed(path)
  const list = parseName(path.slice(0, open), type)
  if (list.kind === 'unknown') return { kind: 'unknown', name: path }
  if (list.kind === 'container' || list.path.sub !== undefined || !hasElements(list.path)) {
    throw refusal('invalidPath', `${quoted(path.slice(0, open))} is not a list, so [ ] cannot pick from it.`)
  }
  const filter = parseElementFilter(path.slice(open + 1, close), list.path, { ...options, type })
  return tail === ''
    ? { kind: 'elements', path: list.path, filter }
    : withSub(list.path, filter, tail.slice(1))
}

function hasElements({ attribute }: AttributePath): boolean {
  return attribute.multiValued && attribute.type === 'complex'
}

function withSub(list: AttributePath, filter: Filter, name: string): PatchTarget {
  const sub = findSubAttribute(list.attribute, name)
  if (sub === undefined) return { kind: 'unknown', name: `${list.key}.${name}` }
  return { kind: 'elements', path: attributePath(list.schema, list.attribute, sub), filter }
}

/** The bracket that closes the filter; brackets inside quoted texts do not count. */
function closingBracket(path: string, open: number): number {
  let at = open + 1
  while (at < path.length) {
    const character = path.charAt(at)
    if (character === ']') return at
    at = character === '"' ? textEnd(path, at) : at + 1
  }
  throw malformed(path)
}
