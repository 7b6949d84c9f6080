// Counts calls in this process, for installations without Redis.

interface Counted {
  readonly current: number
  /** Milliseconds until the window ends. */
  readonly ttl: number
}

interface Window {
  count: number
  readonly endsAt: number
}

/** Keys remembered at a time; whoever has been quiet longest is forgotten first. */
const remembered = 5_000

/**
 * A store for `@fastify/rate-limit`. Each caller is told its own count; the plugin's built-in store hands all of them
 * one shared counter, so that calls of the same moment would all be refused by the last one's count.
 */
export class LimitStore {
  readonly #windows = new Map<string, Window>()

  incr(key: string, callback: (error: Error | null, counted?: Counted) => void, timeWindow: number): void {
    const now = performance.now()
    const known = this.#windows.get(key)
    const window = known !== undefined && known.endsAt > now ? known : { count: 0, endsAt: now + timeWindow }
    window.count += 1
    this.#windows.delete(key)
    this.#windows.set(key, window)
    if (this.#windows.size > remembered) this.#windows.delete(this.#windows.keys().next().value ?? key)
    callback(null, { current: window.count, ttl: Math.ceil(window.endsAt - now) })
  }

  child(): LimitStore {
    return new LimitStore()
  }
}
