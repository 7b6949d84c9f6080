// One page of people: keys first, then the rows with exactly what was asked of them.
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { turned, windowOf, type PageArguments } from './page.ts'
import { uuidOrNobody } from './ids.ts'
import { countUsers, readUserKeys, type UserFilter, type UserOrder, type UserPlace } from './user-keys.sql.ts'

export interface UserPageQuestion<Row extends { id: string }> {
  readonly filter: UserFilter
  readonly order: UserOrder
  readonly page: PageArguments
  /** Rows to jump over: random access for a scrollbar. */
  readonly skip: number
  /** Reads the rows of these ids with the caller's selection, in any order. */
  readonly rowsOf: (ids: string[]) => Promise<Row[]>
}

/** The connection; people who vanish between the two statements are left out. */
export async function userPage<Row extends { id: string }>(ctx: Context, question: UserPageQuestion<Row>) {
  const { filter, order, page, skip } = question
  const window = windowOf(page)
  const found = await readUserKeys(ctx.sql, {
    filter,
    order,
    from: window.cursor === null ? null : placeOf(window.cursor, order),
    backward: window.backward,
    take: window.take + 1,
    skip,
  })
  const { rows: keys, pageInfo } = turned(found, window, place => printPlace(place, order))
  const rows = keys.length === 0 ? [] : await question.rowsOf(keys.map(key => key.id))
  const byId = new Map(rows.map(row => [row.id, row]))
  const edges = keys.flatMap(key => {
    const node = byId.get(key.id)
    return node === undefined ? [] : [{ cursor: printPlace(key, order), node }]
  })
  const previous = skip > 0 || pageInfo.hasPreviousPage
  return {
    edges,
    pageInfo: { ...pageInfo, hasPreviousPage: previous },
    total: () => countUsers(ctx.sql, filter),
  }
}

function printPlace(place: UserPlace, order: UserOrder): string {
  return Buffer.from(JSON.stringify([order.field, place.value, place.id])).toString('base64url')
}

function placeOf(cursor: string, order: UserOrder): UserPlace {
  const parts = partsOf(cursor)
  const [field, value, id] = parts ?? []
  const fits = typeof value === 'string' && typeof id === 'string' && field === order.field
  if (!fits || (dated.has(order.field) && !isMoment(value))) {
    throw invalidInput('users/bad-cursor', [
      { path: 'after', message: 'This cursor is not of this list and order.' },
    ])
  }
  return { value, id: uuidOrNobody(id) }
}

const dated = new Set(['createdAt', 'provisionedAt'])

function isMoment(text: string): boolean {
  return text === '-infinity' || /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?\+00$/.test(text)
}

function partsOf(cursor: string): unknown[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    return Array.isArray(parts) ? parts : null
  } catch {
    return null
  }
}
