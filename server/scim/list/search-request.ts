// The body of POST .search: the parameters of a list request as members of a message (RFC 7644 section 3.4.3).
import { refusal } from '../error.ts'
import { isRawArray, isRawObject, member, type RawObject } from '../json.ts'
import { urn } from '../urn.ts'

/** Names of lists of attributes; a query has them as one text with commas. */
const lists = ['attributes', 'excludedattributes']
const texts = ['filter', 'sortby', 'sortorder', 'cursor']
const numbers = ['startindex', 'count']

/**
 * The parameters in the form of a query string: by lower-case name, as text; null counts as left out. Throws
 * `invalidSyntax` when the message is not a SearchRequest, `invalidValue` for a member of the wrong type.
 */
export function parseSearchRequest(body: unknown): ReadonlyMap<string, string> {
  if (!isRawObject(body)) throw refusal('invalidSyntax', 'The body of a search must be a JSON object.')
  requireSchema(body)
  const parameters = new Map<string, string>()
  for (const [name, value] of Object.entries(body)) {
    const key = name.toLowerCase()
    const text = value === null || value === undefined ? null : textOf(name, value)
    if (text === null || parameters.has(key)) continue
    parameters.set(key, text)
  }
  return parameters
}

function requireSchema(body: RawObject): void {
  const schemas = member(body, 'schemas')
  const wanted = urn.searchRequest.toLowerCase()
  const found =
    isRawArray(schemas) && schemas.some(each => typeof each === 'string' && each.toLowerCase() === wanted)
  if (!found) throw refusal('invalidSyntax', `"schemas" must contain ${urn.searchRequest}.`)
}

/** Null for members that a search does not have: they are ignored, as unknown query parameters are (R8). */
function textOf(name: string, value: unknown): string | null {
  const key = name.toLowerCase()
  if (lists.includes(key)) return namesIn(name, value)
  if (texts.includes(key) && typeof value !== 'string') throw misfit(name, 'a text')
  if (numbers.includes(key) && !['string', 'number'].includes(typeof value)) throw misfit(name, 'a number')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null
}

function namesIn(name: string, value: unknown): string {
  const names = isRawArray(value) ? value : [value]
  if (!names.every(each => typeof each === 'string')) throw misfit(name, 'a list of attribute names')
  return names.join(',')
}

function misfit(name: string, wanted: string) {
  return refusal('invalidValue', `"${name}" must be ${wanted}.`)
}
