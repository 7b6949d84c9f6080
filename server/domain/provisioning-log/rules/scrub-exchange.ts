// What is left of an exchange when people are purged: nothing personal of theirs, and everything of other people.
import { encodedNamesOne, namesOne, pathWithoutNames, withoutThem, type Forgotten } from './forgotten.ts'

/** The parts of an exchange that may name somebody. */
export interface Scrubbable {
  /** Number in the log; a bigint as text. */
  readonly sequence: string
  readonly userId: string | null
  readonly path: string
  readonly query: string | null
  readonly summary: string
  readonly requestBody: string | null
  readonly responseBody: string | null
  readonly changes: unknown
}

export interface Scrubbing {
  readonly forgotten: Forgotten
  /** Without the names that somebody else has now: in their own rows these mean them. */
  readonly unheld: Forgotten
}

/**
 * The exchange as it stays, null when it does not name them. One about them, and one about nobody in particular that
 * names them (a search, a list, a refused request), keeps ids, times and outcome. One about somebody else loses only
 * what names them.
 */
export function scrubbed(exchange: Scrubbable, { forgotten, unheld }: Scrubbing): Scrubbable | null {
  if (isAbout(exchange, forgotten)) return emptied(exchange, forgotten)
  if (exchange.userId === null) return names(exchange, forgotten) ? emptied(exchange, forgotten) : null
  return names(exchange, unheld) ? lightened(exchange, unheld) : null
}

function isAbout({ userId, path }: Scrubbable, { ids }: Forgotten): boolean {
  const [, room, id = ''] = path.split('/')
  return (userId !== null && ids.has(userId)) || (room === 'Users' && ids.has(id.toLowerCase()))
}

function names({ path, query, requestBody, responseBody }: Scrubbable, forgotten: Forgotten): boolean {
  return (
    encodedNamesOne(path, forgotten) ||
    encodedNamesOne(query ?? '', forgotten) ||
    namesOne(requestBody ?? '', forgotten) ||
    namesOne(responseBody ?? '', forgotten)
  )
}

function emptied(exchange: Scrubbable, forgotten: Forgotten): Scrubbable {
  const path = pathWithoutNames(exchange.path, forgotten)
  const nothing = { query: null, requestBody: null, responseBody: null, changes: null }
  return { ...exchange, ...nothing, path, summary: 'About a person who was purged' }
}

function lightened(exchange: Scrubbable, forgotten: Forgotten): Scrubbable {
  const { query, summary, changes } = exchange
  return {
    ...exchange,
    path: pathWithoutNames(exchange.path, forgotten),
    query: encodedNamesOne(query ?? '', forgotten) ? null : query,
    summary: namesOne(summary, forgotten) ? 'Names a person who was purged' : summary,
    requestBody: bodyWithout(exchange.requestBody, forgotten),
    responseBody: bodyWithout(exchange.responseBody, forgotten),
    changes: withoutThem(changes, forgotten),
  }
}

/** A body that is no JSON, or was cut, cannot be taken apart. */
function bodyWithout(body: string | null, forgotten: Forgotten): string | null {
  if (body === null || !namesOne(body, forgotten)) return body
  try {
    return JSON.stringify(withoutThem(JSON.parse(body), forgotten))
  } catch {
    return null
  }
}
