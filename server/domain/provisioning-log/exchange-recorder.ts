// Writes exchanges down behind the answers: batched, so that the log costs little, and never lost while we live.
import type { Context, Sql } from '#server/domain/context.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import type { NewExchange } from './rules/exchange.ts'
import { unwritten, writeExchanges } from './write-exchanges.sql.ts'

export interface ExchangeRecorder {
  /** Takes an exchange; it is stored within about 20 ms. */
  readonly record: (ctx: Context, exchange: NewExchange) => void
  /** Resolves when everything taken so far is stored. */
  readonly drain: () => Promise<void>
}

const pause = 20
const pauseAfterFailure = 1_000
const largestBatch = 200
/** What one organization may have waiting while the database is away; beyond it the oldest are given up. */
const mostWaiting = 5_000

interface Waiting {
  readonly ctx: Context
  exchanges: NewExchange[]
}

/**
 * One recorder a process. Batches by organization, in order. While the database is away exchanges wait and are
 * tried again each second; `onFailure` hears of it, with the number of exchanges that had to be given up.
 */
export function createExchangeRecorder(onFailure: (error: unknown, lost: number) => void): ExchangeRecorder {
  const waiting = new Map<string, Waiting>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    running = running.then(async () => {
      for (const orgId of [...waiting.keys()]) await empty(waiting, { orgId, onFailure })
      if (waiting.size > 0) timer ??= setTimeout(() => void flush(), pauseAfterFailure).unref()
    })
    return running
  }

  return {
    record: (ctx, exchange) => {
      const batch = waiting.get(ctx.orgId) ?? { ctx, exchanges: [] }
      batch.exchanges.push(exchange)
      waiting.set(ctx.orgId, batch)
      timer ??= setTimeout(() => void flush(), pause)
    },
    drain: flush,
  }
}

/** Writes what waits for one organization; what cannot be written goes on waiting. */
async function empty(
  waiting: Map<string, Waiting>,
  what: { orgId: string; onFailure: (error: unknown, lost: number) => void },
): Promise<void> {
  const batch = waiting.get(what.orgId)
  if (batch === undefined) return
  try {
    while (batch.exchanges.length > 0) {
      const block = batch.exchanges.slice(0, largestBatch)
      await writeOnce(batch.ctx.sql, block)
      batch.exchanges = batch.exchanges.slice(block.length)
    }
    waiting.delete(what.orgId)
    batch.ctx.ring()
  } catch (error) {
    const surplus = Math.max(0, batch.exchanges.length - mostWaiting)
    batch.exchanges = batch.exchanges.slice(surplus)
    what.onFailure(error, surplus)
  }
}

/** A connection that breaks while it commits may leave the block written although the write failed. */
async function writeOnce(sql: Sql, block: readonly NewExchange[]): Promise<void> {
  try {
    await writeExchanges(sql, block)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    const rest = await unwritten(sql, block)
    if (rest.length > 0) await writeExchanges(sql, rest)
  }
}
