// Relay's page arguments as a window on an ordered list, and what was found as a page.
import { invalidInput } from '#server/domain/error.ts'
import { pageSize } from './cost.ts'

export interface PageArguments {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

export interface Window {
  /** Rows of the page; read one more to know whether others follow. */
  readonly take: number
  /** From the end of the list towards its start. */
  readonly backward: boolean
  readonly cursor: string | null
}

/** The window. Throws `page/mixed` for arguments that contradict each other. */
export function windowOf(page: PageArguments): Window {
  const backward = isGiven(page.last) || isGiven(page.before)
  if (backward && (isGiven(page.first) || isGiven(page.after))) {
    const message = 'Use either first and after, or last and before.'
    throw invalidInput('page/mixed', [{ path: isGiven(page.last) ? 'last' : 'before', message }])
  }
  return {
    take: page.first ?? page.last ?? pageSize.standard,
    backward,
    cursor: page.after ?? page.before ?? null,
  }
}

function isGiven(value: unknown): boolean {
  return value !== null && value !== undefined
}

/** Turns what was read (one row more than the page, in reading order) into a page in list order. */
export function turned<Row>(found: readonly Row[], window: Window, cursorOf: (row: Row) => string) {
  const more = found.length > window.take
  const kept = found.slice(0, window.take)
  const rows = window.backward ? kept.reverse() : kept
  const [first, last] = [rows[0], rows.at(-1)]
  const other = window.cursor !== null
  return {
    rows,
    pageInfo: {
      hasNextPage: window.backward ? other : more,
      hasPreviousPage: window.backward ? more : other,
      startCursor: first === undefined ? null : cursorOf(first),
      endCursor: last === undefined ? null : cursorOf(last),
    },
  }
}
