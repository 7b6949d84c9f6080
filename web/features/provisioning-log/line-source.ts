// Where lines come from: the history behind and the stream ahead, for either of the two lists.
import type { Client, CombinedError } from '@urql/core'
import { EventsQuery, EventsSubscription, ExchangesQuery, ExchangesSubscription } from './documents.ts'
import { lineOfEvent, lineOfExchange, type Line } from './line.ts'
import { eventFilter, exchangeFilter, type LogFilters, type LogView } from './log-filters.ts'

/**
 * A page of history, newest first; `next` is the cursor of the page before it, null at the end. `head` is where the
 * log stood when it was read: the stream goes on from there.
 */
export interface LinePage {
  lines: Line[]
  head: string
  next: string | null
  total: number | null
}
export interface LineSource {
  history(after: string | null, onPage: (page: LinePage | null, error?: CombinedError) => void): () => void
  follow(
    after: string | null,
    onLine: (line: Line) => void,
    onError: (error: CombinedError) => void,
  ): () => void
}

/** The first page is there soon; whoever scrolls on is not kept waiting every second. */
const sizeOf = (after: string | null) => (after === null ? 100 : 500)

interface Connection<Row> {
  headCursor: string
  nodes: readonly Row[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
  totalCount?: number
}

function pageOf<Row>(connection: Connection<Row> | undefined, lineOf: (row: Row) => Line): LinePage | null {
  if (!connection) return null
  const { hasNextPage, endCursor } = connection.pageInfo
  return {
    head: connection.headCursor,
    lines: connection.nodes.map(lineOf),
    next: hasNextPage ? endCursor : null,
    total: connection.totalCount ?? null,
  }
}

function requestLines(client: Client, filters: LogFilters): LineSource {
  const filter = exchangeFilter(filters)
  return {
    history: (after, onPage) => {
      const read = client.query(ExchangesQuery, { filter, first: sizeOf(after), after }).subscribe(result => {
        onPage(pageOf(result.data?.organization?.exchanges, lineOfExchange), result.error)
      })
      return () => {
        read.unsubscribe()
      }
    },
    follow: (after, onLine, onError) => {
      const stream = client.subscription(ExchangesSubscription, { filter, after }).subscribe(result => {
        if (result.error) onError(result.error)
        else if (result.data) onLine(lineOfExchange(result.data.exchanges.exchange))
      })
      return () => {
        stream.unsubscribe()
      }
    },
  }
}

function eventLines(client: Client, filters: LogFilters): LineSource {
  const filter = eventFilter(filters)
  return {
    history: (after, onPage) => {
      const read = client.query(EventsQuery, { filter, first: sizeOf(after), after }).subscribe(result => {
        onPage(pageOf(result.data?.organization?.provisioningEvents, lineOfEvent), result.error)
      })
      return () => {
        read.unsubscribe()
      }
    },
    follow: (after, onLine, onError) => {
      const stream = client.subscription(EventsSubscription, { filter, after }).subscribe(result => {
        if (result.error) onError(result.error)
        else if (result.data) onLine(lineOfEvent(result.data.provisioningEvents.event))
      })
      return () => {
        stream.unsubscribe()
      }
    },
  }
}

/** The source of lines for a list under its filters. */
export function lineSource(client: Client, view: LogView, filters: LogFilters): LineSource {
  return view === 'lines' ? eventLines(client, filters) : requestLines(client, filters)
}
