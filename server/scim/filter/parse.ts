// Parses filter text into a typed filter by the grammar of RFC 7644 section 3.4.2.2.
import { subAttribute, type Attribute, type ResourceType } from '../attribute.ts'
import { tolerateAll, type Tolerate } from '../dialect/deviation.ts'
import { refusal, type ScimError } from '../error.ts'
import { attributePath, type AttributePath } from '../path/attribute-path.ts'
import { findSubAttribute, isNameForm, resolveName } from '../path/resolve.ts'
import { quoted } from '../text.ts'
import type { Comparison, Filter } from './ast.ts'
import { literalFrom } from './literal.ts'
import { tokenize, type Token } from './tokenize.ts'

export interface FilterOptions {
  /** Refuse what the grammar does not have: quoted booleans, bare words, missing blanks, `emails[...].value eq`. */
  readonly strict?: boolean
  /** Hears of each of these that is understood all the same. */
  readonly tolerate?: Tolerate
  /** In a query over several types: an attribute that this type lacks has no value (RFC 7644 section 3.4.2.1). */
  readonly severalTypes?: boolean
}

/** Deepest nesting of brackets and most comparisons taken (F26). */
export const filterDepthLimit = 20
export const filterTermLimit = 50

const comparisons: ReadonlySet<string> = new Set(['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'])

const never: Filter = { kind: 'never' }
/** Knows no attribute; for the brackets behind an unknown one. */
const nothing: ResourceType = {
  name: 'Nothing',
  description: '',
  endpoint: '',
  schema: { id: 'nothing', name: 'Nothing', description: '', attributes: [] },
  extensions: [],
}

/** Where the parser stands; the only mutable thing in it. */
interface Cursor {
  readonly tokens: readonly Token[]
  readonly type: ResourceType
  readonly strict: boolean
  readonly tolerate: Tolerate
  readonly severalTypes: boolean
  /** Inside `emails[...]`: the list whose elements are meant. */
  readonly list: AttributePath | null
  at: number
  depth: number
  terms: number
}

/**
 * Parses a filter for resources of one type. Throws `invalidFilter` for everything the schema or the grammar does not
 * know, and beyond 4,096 characters, 20 levels of brackets or 50 comparisons.
 */
export function parseFilter(text: string, type: ResourceType, options: FilterOptions = {}): Filter {
  return parseWhole({ text, type, list: null }, options)
}

/** Parses what stands between the brackets of `emails[...]`; names mean sub-attributes of the list (F8). */
export function parseElementFilter(
  text: string,
  list: AttributePath,
  options: FilterOptions & { readonly type: ResourceType },
): Filter {
  return parseWhole({ text, type: options.type, list }, options)
}

function parseWhole(
  { text, type, list }: Pick<Cursor, 'type' | 'list'> & { readonly text: string },
  { strict = false, severalTypes = false, tolerate = tolerateAll }: FilterOptions,
): Filter {
  const tokens = tokenize(text)
  const read = { type, strict, severalTypes, tolerate, list }
  const cursor: Cursor = { ...read, tokens, at: 0, depth: 0, terms: 0 }
  const filter = parseOr(cursor)
  const rest = cursor.tokens[cursor.at]
  if (rest !== undefined)
    throw broken(`${quoted(rest.text)} is not expected there. Check the brackets before it.`)
  return filter
}

function broken(reason: string): ScimError {
  return refusal('invalidFilter', `The filter cannot be read: ${reason}`)
}

function next(cursor: Cursor, wanted: string): Token {
  const token = cursor.tokens[cursor.at]
  if (token === undefined) throw broken(`it ends where ${wanted} is missing.`)
  cursor.at += 1
  return token
}

function expect(cursor: Cursor, kind: Token['kind']): void {
  const token = next(cursor, kind)
  if (token.kind !== kind) throw broken(`${quoted(token.text)} stands where ${kind} is missing.`)
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

/** Joins terms, lifting terms of the same kind so that equal filters have equal forms. */
export function join(kind: 'and' | 'or', terms: readonly Filter[]): Filter {
  const flat = terms.flatMap(term => (term.kind === kind ? term.terms : [term]))
  const [only] = flat
  return only !== undefined && flat.length === 1 ? only : { kind, terms: flat }
}

function parseOr(cursor: Cursor): Filter {
  const terms = [parseAnd(cursor)]
  while (isWord(cursor.tokens[cursor.at], 'or')) {
    cursor.at += 1
    terms.push(parseAnd(cursor))
  }
  return join('or', terms)
}

function parseAnd(cursor: Cursor): Filter {
  const terms = [parseTerm(cursor)]
  while (isWord(cursor.tokens[cursor.at], 'and')) {
    cursor.at += 1
    terms.push(parseTerm(cursor))
  }
  return join('and', terms)
}

function parseTerm(cursor: Cursor): Filter {
  const token = next(cursor, 'a comparison')
  if (token.kind === '(') return parseGroup(cursor)
  if (token.kind !== 'word') throw broken(`${quoted(token.text)} stands where an attribute is missing.`)
  if (isWord(token, 'not') && cursor.tokens[cursor.at]?.kind === '(') {
    cursor.at += 1
    return { kind: 'not', term: parseGroup(cursor) }
  }
  const path = resolvePath(token.text, cursor)
  if (path === null) return parseUnknown(cursor)
  if (cursor.tokens[cursor.at]?.kind === '[') return parseElements(path, cursor)
  return parseComparison(path, cursor)
}

/** The depth check comes before the recursion, so no text can exhaust the stack. */
function deeper(cursor: Cursor): void {
  cursor.depth += 1
  if (cursor.depth > filterDepthLimit) throw broken(`brackets are nested more than ${filterDepthLimit} deep.`)
}

function parseGroup(cursor: Cursor): Filter {
  deeper(cursor)
  const inner = parseOr(cursor)
  expect(cursor, ')')
  cursor.depth -= 1
  return inner
}

/** Null for a name that another type may know. */
function resolvePath(name: string, cursor: Cursor): AttributePath | null {
  const path = cursor.list === null ? resolveAnywhere(name, cursor) : resolveInList(name, cursor.list)
  if (path === undefined && cursor.severalTypes && isNameForm(name)) return null
  if (path === undefined || isHidden(path)) {
    throw refusal(
      'invalidFilter',
      `${quoted(name)} is not an attribute of ${cursor.type.name} that can be filtered.`,
    )
  }
  return path
}

function isHidden({ attribute, sub }: AttributePath): boolean {
  return attribute.returned === 'never' || sub?.returned === 'never'
}

function resolveAnywhere(name: string, cursor: Cursor): AttributePath | undefined {
  const resolution = resolveName(name, cursor.type, { anySchema: !cursor.strict })
  if (resolution.kind !== 'attribute') return undefined
  const { schema } = resolution.path
  if (schema !== null && !name.includes(':')) cursor.tolerate('filter-attribute-without-urn', name)
  return resolution.path
}

function resolveInList(name: string, list: AttributePath): AttributePath | undefined {
  const sub = findSubAttribute(list.attribute, name)
  return sub && attributePath(list.schema, list.attribute, sub)
}

function parseElements(path: AttributePath, cursor: Cursor): Filter {
  if (cursor.list !== null || path.sub !== undefined || path.attribute.type !== 'complex') {
    throw broken(`${path.key} has no elements to pick with [ ].`)
  }
  cursor.at += 1
  deeper(cursor)
  const inner: Cursor = { ...cursor, list: path }
  const filter = parseOr(inner)
  expect(inner, ']')
  cursor.at = inner.at
  cursor.terms = inner.terms
  cursor.depth -= 1
  const tail = cursor.tokens[cursor.at]
  if (tail?.kind !== 'word' || !tail.text.startsWith('.') || cursor.strict)
    return { kind: 'elements', path, filter }
  return parseTail({ path, filter, cursor })
}

/** `emails[type eq "work"].value eq "a@b"` means that one element fulfils both (F21). */
function parseTail(found: { path: AttributePath; filter: Filter; cursor: Cursor }): Filter {
  const { path, filter, cursor } = found
  cursor.tolerate('filter-behind-brackets')
  const name = next(cursor, 'a sub-attribute').text.slice(1)
  const sub = resolvePath(name, { ...cursor, list: path })
  const tail = sub === null ? parseUnknown(cursor) : parseComparison(sub, cursor)
  return { kind: 'elements', path, filter: join('and', [filter, tail]) }
}

/** The grammar is checked as far as it goes without a schema. What has no value is neither equal nor present. */
function parseUnknown(cursor: Cursor): Filter {
  if (cursor.tokens[cursor.at]?.kind === '[') {
    skipElements(cursor)
    const tail = cursor.tokens[cursor.at]
    if (tail?.kind !== 'word' || !tail.text.startsWith('.')) return never
    cursor.at += 1
  }
  const operator = operatorFrom(cursor)
  if (operator === 'pr') return never
  const holds = isWord(valueAfter(operator, cursor), 'null') ? operator === 'eq' : operator === 'ne'
  return holds ? { kind: 'not', term: never } : never
}

function skipElements(cursor: Cursor): void {
  cursor.at += 1
  deeper(cursor)
  const inner: Cursor = { ...cursor, type: nothing, list: null }
  parseOr(inner)
  expect(inner, ']')
  cursor.at = inner.at
  cursor.terms = inner.terms
  cursor.depth -= 1
}

function parseComparison(path: AttributePath, cursor: Cursor): Filter {
  const operator = operatorFrom(cursor)
  return operator === 'pr' ? { kind: 'present', path } : compare({ path, operator, cursor })
}

function operatorFrom(cursor: Cursor): Comparison | 'pr' {
  cursor.terms += 1
  if (cursor.terms > filterTermLimit) throw broken(`it has more than ${filterTermLimit} comparisons.`)
  const word = next(cursor, 'an operator')
  const operator = word.text.toLowerCase()
  if (word.kind === 'word' && (operator === 'pr' || isComparison(operator))) return operator
  throw broken(`${quoted(word.text)} is not an operator. Use eq, ne, co, sw, ew, gt, ge, lt, le or pr.`)
}

function isComparison(word: string): word is Comparison {
  return comparisons.has(word)
}

function compare(found: { path: AttributePath; operator: Comparison; cursor: Cursor }): Filter {
  const { path, operator, cursor } = found
  const token = valueAfter(operator, cursor)
  const isNull = isWord(token, 'null')
  const target = isNull ? path : compared(path)
  const value = literalFrom({
    attribute: leafOf(target),
    operator,
    token,
    strict: cursor.strict,
    tolerate: cursor.tolerate,
  })
  return { kind: 'compare', path: target, operator, value }
}

function valueAfter(operator: Comparison, cursor: Cursor): Token {
  const token = next(cursor, 'a value')
  if (token.kind !== 'text' && token.kind !== 'word')
    throw broken(`${token.text} stands where a value is missing.`)
  if (token.apart) return token
  if (cursor.strict) throw broken(`a blank is missing after "${operator}".`)
  cursor.tolerate('filter-blank-missing')
  return token
}

/** A complex attribute stands for its `value` (F7, F27, F28). */
function compared(path: AttributePath): AttributePath {
  const value = path.sub === undefined ? subAttribute(path.attribute, 'value') : undefined
  return value === undefined ? path : attributePath(path.schema, path.attribute, value)
}

function leafOf(path: AttributePath): Attribute {
  return path.sub ?? path.attribute
}
