// Which connection needed which departures from the standard how often, over a batch of exchanges.
import { isDeviation } from '#server/scim/index.ts'
import type { NewExchange } from './exchange.ts'

/** In the words of the statement that adds it up. */
export interface DeviationUses {
  /** Id of the SCIM token or OAuth client. */
  readonly connection: string
  readonly name: string
  readonly deviation: string
  readonly uses: number
  readonly first: Date
  readonly last: Date
  /** The last exchange that needed it. */
  readonly exchange: string
}

/**
 * One entry a connection and deviation, in an order that is the same in every process. Exchanges of strangers and
 * remarks that are no deviation do not count.
 */
export function deviationUsesOf(batch: readonly NewExchange[]): readonly DeviationUses[] {
  const uses = new Map<string, DeviationUses>()
  for (const exchange of batch) {
    for (const { id } of exchange.quirks) {
      const key = `${exchange.token?.id ?? ''} ${id}`
      if (exchange.token !== null && isDeviation(id))
        uses.set(key, counted(uses.get(key), { ...exchange, token: exchange.token }, id))
    }
  }
  return [...uses].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each)
}

type Known = NewExchange & { readonly token: { readonly id: string; readonly name: string } }

function counted(before: DeviationUses | undefined, exchange: Known, deviation: string): DeviationUses {
  const { id, occurredAt, token } = exchange
  const first = before === undefined || occurredAt < before.first ? occurredAt : before.first
  const isLast = before === undefined || occurredAt >= before.last
  return {
    connection: token.id,
    name: token.name,
    deviation,
    uses: (before?.uses ?? 0) + 1,
    first,
    last: isLast ? occurredAt : before.last,
    exchange: isLast ? id : before.exchange,
  }
}
