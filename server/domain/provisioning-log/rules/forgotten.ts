// Who is to be forgotten, and whether a text of the log names them: only as a whole value, never as part of another.

/** People who are purged together; every name in lower case. */
export interface Forgotten {
  readonly ids: ReadonlySet<string>
  /** Names, addresses and externalIds they had. */
  readonly names: ReadonlySet<string>
}

/** Shorter ones say too little: "a" or "42" may mean anything. */
const shortestName = 3

/** The people with these names; null stands for a name they never had. */
export function forgottenOf(
  people: readonly { readonly id: string; readonly names: readonly (string | null)[] }[],
): Forgotten {
  const names = people.flatMap(person => person.names).filter(name => name !== null)
  return {
    ids: new Set(people.map(({ id }) => id.toLowerCase())),
    names: new Set(names.map(name => name.toLowerCase()).filter(name => name.length >= shortestName)),
  }
}

/** True when a text (JSON, a filter, a sentence) has one of them as a quoted value, as an address or by id. */
export function namesOne(text: string, forgotten: Forgotten): boolean {
  return (
    quotedValues(text).some(value => isOne(value, forgotten)) ||
    addressesIn(text).some(address => forgotten.names.has(address)) ||
    [...text.matchAll(uuid)].some(([id]) => forgotten.ids.has(id.toLowerCase()))
  )
}

/** The same for a query or a path, which are kept percent-encoded. */
export function encodedNamesOne(text: string, forgotten: Forgotten): boolean {
  const plain = decoded(text)
  return namesOne(plain, forgotten) || plain.split(/[/&=?]/u).some(part => isOne(part.trim(), forgotten))
}

/** A path without their names; ids stay. */
export function pathWithoutNames(path: string, { names }: Forgotten): string {
  const parts = path.split('/')
  return parts.map(part => (names.has(decoded(part).toLowerCase()) ? purgedMark : part)).join('/')
}

/** A JSON value without them: what is theirs keeps its id only, and other texts that name them are replaced. */
export function withoutThem(value: unknown, forgotten: Forgotten): unknown {
  if (typeof value === 'string') return textWithout(value, forgotten)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(each => withoutThem(each, forgotten))
  const entries = Object.entries(value) as [string, unknown][]
  const ids = entries.filter(([, part]) => typeof part === 'string' && forgotten.ids.has(part.toLowerCase()))
  if (ids.length > 0) return Object.fromEntries(ids)
  return Object.fromEntries(
    entries.map(([key, part]) => [key, vocabulary.has(key) ? part : withoutThem(part, forgotten)]),
  )
}

/** An id stays where it stands alone. */
function textWithout(text: string, forgotten: Forgotten): string {
  if (forgotten.ids.has(text.toLowerCase())) return text
  return namesOne(JSON.stringify(text), forgotten) ? purgedMark : text
}

const purgedMark = '[purged]'
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/giu
const address = /[^\s"'<>()[\]{},;:\\|/=&]+@[^\s"'<>()[\]{},;:\\|/=&]+/gu

/** Attributes whose values are words of the protocol, not of anybody. */
const vocabulary: ReadonlySet<string> = new Set([
  'type',
  'op',
  'schemas',
  'resourceType',
  'method',
  'scimType',
])

function isOne(value: string, { ids, names }: Forgotten): boolean {
  const key = value.toLowerCase()
  return names.has(key) || ids.has(key)
}

function addressesIn(text: string): string[] {
  if (!text.includes('@')) return []
  return [...text.matchAll(address)].map(([found]) => found.replace(/\.+$/u, '').toLowerCase())
}

/**
 * What stands between two quotes, also inside of a value such as a filter. Text between values counts too, so that a
 * stray quote in a body that is no JSON hides nothing. Names of attributes and words of the protocol do not count.
 */
function quotedValues(text: string): string[] {
  const parts = text.split(/(?<!(?<!\\)(?:\\\\)*\\)"/u)
  return parts.flatMap((part, index) => {
    if (isWord(parts, index)) return []
    const plain = part.includes('\\') ? unescaped(part) : part
    return plain.includes('"') && plain !== part ? [plain, ...quotedValues(plain)] : [plain]
  })
}

/** The name of an attribute, or a value that is a word of the protocol. */
function isWord(parts: readonly string[], index: number): boolean {
  const opens = /[{,]\s*$/u.test(parts[index - 1] ?? '')
  if (opens && parts[index + 1]?.trimStart().startsWith(':') === true) return true
  const key = parts[index - 1]?.trim() === ':' ? parts[index - 2] : undefined
  return key !== undefined && vocabulary.has(key)
}

function unescaped(part: string): string {
  try {
    return String(JSON.parse(`"${part}"`))
  } catch {
    return part
  }
}

/** Also of a text that was cut in the middle of a character. */
function decoded(text: string): string {
  return text.replaceAll('+', ' ').replace(/(?:%[0-9a-f]{2})+/giu, coded => {
    try {
      return decodeURIComponent(coded)
    } catch {
      return coded
    }
  })
}
