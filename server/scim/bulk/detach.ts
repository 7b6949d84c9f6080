// Takes the references that close a circle out of a creation, to be added when what they name exists.
import type { ResourceType } from '../attribute.ts'
import { isRawObject, type RawObject } from '../json.ts'
import { urn } from '../urn.ts'
import { referencesIn } from './references.ts'

export interface Detached {
  /** What can be created at once. */
  readonly data: RawObject
  /** The PATCH that completes it, its references not yet resolved; null when nothing had to wait. */
  readonly completion: RawObject | null
}

/**
 * Splits a POST's data: attributes that name one of `waiting` move into a PATCH that adds them. Null when that is
 * impossible because the type requires such an attribute (B5: 409).
 */
export function detach(data: RawObject, type: ResourceType, waiting: ReadonlySet<string>): Detached | null {
  const isWaiting = (value: unknown): boolean => referencesIn('', value).some(bulkId => waiting.has(bulkId))
  const required = new Set(
    type.schema.attributes.filter(each => each.required).map(({ name }) => name.toLowerCase()),
  )
  const later: { op: 'add'; path: string; value: unknown }[] = []
  const without = (object: RawObject, prefix: string): RawObject => {
    const kept = Object.entries(object).filter(([name, value]) => {
      const waits = isWaiting(value) && !isContainer(name, value)
      if (waits) later.push({ op: 'add', path: prefix + name, value })
      return !waits
    })
    return Object.fromEntries(
      kept.map(([name, value]) => [name, isContainer(name, value) ? without(value, `${name}:`) : value]),
    )
  }
  const rest = without(data, '')
  if (later.some(({ path }) => required.has(path.toLowerCase()))) return null
  return {
    data: rest,
    completion: later.length === 0 ? null : { schemas: [urn.patchOp], Operations: later },
  }
}

/** An extension as a whole: its attributes are taken one by one. */
function isContainer(name: string, value: unknown): value is RawObject {
  return /^urn:/i.test(name) && isRawObject(value)
}
