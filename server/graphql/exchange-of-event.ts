// The request behind an event. It is written down a moment after the event, so a fresh event waits for it.
import type { Call } from './call.ts'
import { loadExchange } from './load.ts'
import type { EventRow, ExchangeRow } from './log-rows.ts'

/** How old an event may be, and how long it waits at most, in milliseconds. */
const fresh = 2_000
const patience = 1_000

/** The exchange that made the event; null when no request did, or the log no longer has it. */
export async function exchangeOfEvent(call: Call, event: EventRow): Promise<ExchangeRow | null> {
  const { exchangeId } = event
  if (exchangeId === null) return null
  const found = await loadExchange(call, exchangeId)
  const age = call.org.clock.now().getTime() - event.occurredAt.getTime()
  if (found !== undefined || age > fresh) return found ?? null
  const listener = call.org.listen()
  const signal = AbortSignal.timeout(patience)
  try {
    for (;;) {
      const late = await loadExchange(call, exchangeId)
      if (late !== undefined || signal.aborted) return late ?? null
      await listener.next(signal)
    }
  } finally {
    listener.close()
  }
}
