// Writes exchanges down behind the answers: batched, so that the log costs little, and never lost while we live.
import type { Context } from '#server/domain/context.ts'
import type { NewExchange } from './rules/exchange.ts'
import { writeExchanges } from './write-exchanges.sql.ts'

export interface ExchangeRecorder {
  /** Takes an exchange; it is stored within about 20 ms. */
  readonly record: (ctx: Context, exchange: NewExchange) => void
  /** Resolves when everything taken so far is stored. */
  readonly drain: () => Promise<void>
}

const pause = 20
const largestBatch = 200
const triesBeforeLoss = 5

/**
 * One recorder a process. Batches by organization; a failed write is tried again and told to `onFailure`, which
 * hears the number of lost exchanges when the database stays away.
 */
export function createExchangeRecorder(onFailure: (error: unknown, lost: number) => void): ExchangeRecorder {
  const waiting = new Map<string, { ctx: Context; exchanges: NewExchange[] }>()
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()

  const flush = (): Promise<void> => {
    timer = undefined
    running = running.then(async () => {
      const batches = [...waiting.values()]
      waiting.clear()
      for (const { ctx, exchanges } of batches) await store(ctx, exchanges, onFailure)
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
    drain: () => {
      clearTimeout(timer)
      return flush()
    },
  }
}

async function store(
  ctx: Context,
  exchanges: readonly NewExchange[],
  onFailure: (error: unknown, lost: number) => void,
): Promise<void> {
  for (let from = 0; from < exchanges.length; from += largestBatch) {
    const batch = exchanges.slice(from, from + largestBatch)
    await storeBatch(ctx, batch, onFailure)
  }
  ctx.ring()
}

async function storeBatch(
  ctx: Context,
  batch: readonly NewExchange[],
  onFailure: (error: unknown, lost: number) => void,
): Promise<void> {
  for (let attempt = 1; attempt <= triesBeforeLoss; attempt += 1) {
    try {
      await writeExchanges(ctx.sql, batch)
      return
    } catch (error) {
      onFailure(error, attempt === triesBeforeLoss ? batch.length : 0)
    }
  }
}
