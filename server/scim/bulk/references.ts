// References by bulkId: where they may stand, and how ids take their places (RFC 7644 section 3.7.2).
import { isRawArray, isRawObject } from '../json.ts'

/** A whole text, as the RFC has it. */
const whole = /^bulkId:(.+)$/s
/** Inside of paths, filters in paths and addresses. */
const inside = /bulkId:([^\s"'()[\]/?#]+)/g
/** Members that hold a path or an address; anywhere else text that merely mentions a bulkId stays as it is. */
const pathNames = new Set(['path', '$ref'])

/** The id behind a bulkId. */
export type LookUp = (bulkId: string) => string

/** The bulkIds that an operation names in its path and anywhere in its data, each once. */
export function referencesIn(path: string, data: unknown): readonly string[] {
  const found = new Set<string>()
  const note: LookUp = bulkId => {
    found.add(bulkId)
    return ''
  }
  replaceInside(path, note)
  resolveReferences(data, note)
  return [...found]
}

/** The same value with ids in the place of references; the very same object where there were none. */
export function resolveReferences(value: unknown, lookUp: LookUp): unknown {
  return resolved(value, { name: '', lookUp })
}

/** A path with ids in the place of references: `/Users/bulkId:x`, `members[value eq "bulkId:x"]`. */
export function replaceInside(path: string, lookUp: LookUp): string {
  return path.includes('bulkId:') ? path.replace(inside, (_all, bulkId: string) => lookUp(bulkId)) : path
}

function resolved(value: unknown, at: { name: string; lookUp: LookUp }): unknown {
  if (typeof value === 'string') return resolvedText(value, at)
  if (isRawArray(value)) {
    const list = value.map(each => resolved(each, at))
    return list.every((each, index) => each === value[index]) ? value : list
  }
  if (!isRawObject(value)) return value
  const entries = Object.entries(value).map(([name, each]) => {
    return [replaceInside(name, at.lookUp), resolved(each, { ...at, name })] as const
  })
  const same = entries.every(([name, each]) => Object.hasOwn(value, name) && each === value[name])
  return same ? value : Object.fromEntries(entries)
}

function resolvedText(text: string, { name, lookUp }: { name: string; lookUp: LookUp }): string {
  if (!text.includes('bulkId:')) return text
  if (pathNames.has(name.toLowerCase())) return replaceInside(text, lookUp)
  const bulkId = whole.exec(text)?.[1]
  return bulkId === undefined ? text : lookUp(bulkId)
}
