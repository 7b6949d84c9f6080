// A place in an ordered list as a cursor: what is sorted by, the value there, and the id that breaks ties.
import { invalidInput } from '#server/domain/error.ts'
import { uuidOrNobody } from './ids.ts'

export interface Place {
  /** The value that is sorted by, as text. */
  readonly value: string
  readonly id: string
}

/** The cursor of a place in a list that is sorted by `order`. */
export function printPlace(order: string, { value, id }: Place): string {
  return Buffer.from(JSON.stringify([order, value, id])).toString('base64url')
}

const moment = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/

/** The place of a cursor; null without one. Throws `page/bad-cursor` for cursors of other lists and orders. */
export function placeOf(order: string, cursor: string | null, dated: boolean): Place | null {
  if (cursor === null) return null
  const [name, value, id] = partsOf(cursor)
  const fits = typeof value === 'string' && typeof id === 'string' && name === order
  if (!fits || (dated && !moment.test(value))) {
    throw invalidInput('page/bad-cursor', [
      { path: 'after', message: 'This cursor is not of this list and order.' },
    ])
  }
  return { value, id: uuidOrNobody(id) }
}

function partsOf(cursor: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}
