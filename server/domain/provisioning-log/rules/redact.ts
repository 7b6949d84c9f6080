// Takes secrets out of what is written down, and cuts it to size.

const longest = 16_384
const secretNames = new Set(['password', 'currentpassword', 'newpassword', 'secret', 'token', 'clientsecret'])
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
  return cut(JSON.stringify(body, (name, value: unknown) => replaced(name, value)))
}

/** The headers worth keeping, as JSON. Credentials are not among them. */
export function redactedHeaders(headers: Readonly<Record<string, unknown>>): string {
  const kept = shownHeaders.flatMap(name => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value.slice(0, 300)] as const] : []
  })
  return JSON.stringify(Object.fromEntries(kept))
}

/** The query text; a filter on a password loses its literal. */
export function redactedQuery(query: string): string | null {
  if (query === '') return null
  return cut(query.replace(/(password[^&]*?(?:%20|\+|\s)(?:%22|"))[^&]*?(?=%22|"|&|$)/gi, `$1${mark}`))
}

function replaced(name: string, value: unknown): unknown {
  if (secretNames.has(name.toLowerCase()) && value !== null) return mark
  if (name === 'Resources' && Array.isArray(value)) return value.map(idOf)
  return value
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
