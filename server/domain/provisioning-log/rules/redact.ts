// Takes secrets out of what is written down, and cuts it to size.

const longest = 16_384
const secretNames = new Set([
  'password',
  'currentpassword',
  'newpassword',
  'secret',
  'clientsecret',
  'clientassertion',
  'token',
  'accesstoken',
  'bearer',
  'authorization',
])
const shownHeaders = [
  'accept',
  'accept-charset',
  'content-type',
  'if-match',
  'if-none-match',
  'prefer',
  'user-agent',
]
const mark = '[redacted]'

/** A body as text: secrets replaced at any depth, resources of lists cut to their ids, at most 16 kB. */
export function redactedBody(body: unknown): string | null {
  if (body === undefined || body === null) return null
  if (typeof body === 'string')
    return cut(body.replace(/("(?:password|token|secret)"\s*:\s*)"[^"]*"/gi, `$1"${mark}"`))
  const listed = withFewOperations(withoutResources(body))
  const shortened = withoutTheRest(listed)
  const text = JSON.stringify(shortened)
  const shown = mayNameSecret.test(text)
    ? JSON.stringify(shortened, (name, value: unknown) => replaced(name, value))
    : text
  return shortened === listed ? cut(shown) : `${shown.slice(0, longest)} … cut`
}

/** Matches whenever `isSecret` could be true for a name in the text; most bodies are done without a closer look. */
const mayNameSecret = /password|secret|assertion|token|bearer|authorization|_/iu

function withoutResources(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('Resources' in body)) return body
  return Array.isArray(body.Resources) ? { ...body, Resources: body.Resources.map(idOf) } : body
}

/** Elements beyond this many can never be shown: each takes two characters. */
const mostElements = longest / 2

/** The same value, or one without elements that would be cut anyway: a group may be sent with 100,000 members. */
function withoutTheRest(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value.length > mostElements
      ? value.slice(0, mostElements)
      : sameOr(value, value.map(withoutTheRest))
  }
  const parts = Object.values(value) as unknown[]
  const kept = parts.map(withoutTheRest)
  if (sameOr(parts, kept) === parts) return value
  return Object.fromEntries(Object.keys(value).map((name, index) => [name, kept[index]]))
}

function sameOr<T>(before: readonly T[], after: readonly T[]): readonly T[] {
  return after.every((each, index) => each === before[index]) ? before : after
}

/**
 * As many operations of a Bulk request or its answer as fit, each as a whole: those that failed before those that did
 * not. The list ends with a sentence that counts the others.
 */
function withFewOperations(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('Operations' in body)) return body
  const operations: readonly unknown[] = Array.isArray(body.Operations) ? body.Operations : []
  if (operations.length < 2) return body
  const failed = fitting(operations.filter(hasResponse), longest / 2)
  const others = fitting(
    operations.filter(each => !failed.values.has(each)),
    longest - 1_000 - failed.size,
  )
  const kept = operations.filter(each => failed.values.has(each) || others.values.has(each))
  if (kept.length === operations.length || kept.length === 0) return body
  const left = `and ${String(operations.length - kept.length)} more operations, not kept`
  return { ...body, Operations: [...kept, left] }
}

/** The first values that fit; what does not fit ends the search. */
function fitting(values: readonly unknown[], room: number): { values: ReadonlySet<unknown>; size: number } {
  const found = new Set<unknown>()
  let size = 0
  for (const value of values) {
    const next = size + JSON.stringify(value).length + 1
    if (next > room) break
    size = next
    found.add(value)
  }
  return { values: found, size }
}

function hasResponse(operation: unknown): boolean {
  return typeof operation === 'object' && operation !== null && 'response' in operation
}

/** The headers worth keeping, as JSON. Credentials are not among them. */
export function redactedHeaders(headers: Readonly<Record<string, unknown>>): string {
  const kept = shownHeaders.flatMap(name => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value.slice(0, 300)] as const] : []
  })
  return JSON.stringify(Object.fromEntries(kept))
}

/** The query text, escaped in one way only; what is compared with a password and what is named a token is left out. */
export function redactedQuery(query: string): string | null {
  if (query === '') return null
  const parts = [...new URLSearchParams(query)].map(([name, value]) => {
    const shown = isSecret(name) ? mark : withoutComparedSecret(value)
    return value === ''
      ? encodeURIComponent(name)
      : `${encodeURIComponent(name)}=${encodeURIComponent(shown)}`
  })
  return cut(parts.join('&'))
}

/** What a filter compares with a password is left out. */
function withoutComparedSecret(filter: string): string {
  return filter.replace(comparedSecret, `$1${mark}`)
}

const comparedSecret = /(password\S*\s+\w+\s*)(?:"(?:[^"\\]|\\.)*"?|\S+)/gi
const ourSecrets = /rc_(scim|key|setup|session|step|client|access|invite)_[0-9A-Za-z]{8,}/g

const unstorable = /\p{Surrogate}|rc_/u

/** A text that any database takes, without secrets of ours, wherever a client has put them. */
export function storableText(text: string): string {
  if (!text.includes('\u0000') && !unstorable.test(text)) return text
  const whole = text.replaceAll('\u0000', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD')
  return whole.replace(ourSecrets, `rc_$1_${mark}`)
}

/** `password`, `urn:…:User:password`, `access_token`, in any case. */
function isSecret(name: string): boolean {
  const last = name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('.')) + 1)
  return secretNames.has(last.toLowerCase().replaceAll('_', ''))
}

function replaced(name: string, value: unknown): unknown {
  if (isSecret(name) && value !== null) return mark
  if (typeof value === 'string' && name.toLowerCase() === 'filter') return withoutComparedSecret(value)
  return isOperationOnSecret(value) ? hideValue(value) : value
}

function isOperationOnSecret(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.entries(value).some(([key, path]) => key.toLowerCase() === 'path' && isSecret(String(path)))
}

function hideValue(operation: object): object {
  const entries = Object.entries(operation)
  return Object.fromEntries(
    entries.map(([key, value]) => (key.toLowerCase() === 'value' ? [key, mark] : [key, value as unknown])),
  )
}

function idOf(resource: unknown): unknown {
  if (typeof resource !== 'object' || resource === null || !('id' in resource)) return resource
  const { id, userName } = resource as { id: unknown; userName?: unknown }
  return userName === undefined ? { id } : { id, userName }
}

function cut(text: string): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest)} … cut, ${String(text.length)} characters in all`
}
