// A socket to a PGlite in this process: what pg writes is executed at once, what PostgreSQL answers is emitted.
import { Buffer } from 'node:buffer'
import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'

/** How long statements may follow each other before timers and sockets get their turn, in milliseconds. */
const TURN = 2

/** Ends an open transaction, then forgets settings, prepared statements and listeners of the last connection. */
const FRESH_SESSION = [simpleQuery('ROLLBACK'), simpleQuery('DISCARD ALL')]

/**
 * Speaks PostgreSQL's wire protocol to `database`, in the shape that pg expects of a `net.Socket`.
 * Only the Duplex's events are used: its buffers would copy every byte twice and cost a tick per message.
 */
export class PGliteStream extends Duplex {
  readonly #database: PGlite
  readonly #stopped: AbortSignal | undefined
  #outgoing: Uint8Array[] = []
  #incoming: Buffer[] = []
  #corked = false
  #scheduled = false
  #turnEnds = 0

  constructor(database: PGlite, stopped?: AbortSignal) {
    super()
    this.#database = database
    this.#stopped = stopped
  }

  connect(): this {
    queueMicrotask(() => {
      // PGlite has one session for its whole life, so a new connection must not meet what the last one left.
      for (const message of FRESH_SESSION) this.#execute(message)
      this.#incoming = []
      this.emit('connect')
    })
    return this
  }

  override write(chunk: Uint8Array, written?: unknown): boolean {
    this.#outgoing.push(chunk)
    if (typeof written === 'function') queueMicrotask(written as () => void)
    if (!this.#corked) this.#schedule()
    return true
  }

  override cork(): void {
    this.#corked = true
  }

  override uncork(): void {
    this.#corked = false
    this.#schedule()
  }

  override end(): this {
    return this.destroy()
  }

  override _read(): void {
    // Answers are emitted when they arrive; there is nothing to ask for.
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    const now = performance.now()
    if (now < this.#turnEnds) {
      queueMicrotask(() => {
        this.#flush()
      })
      return
    }
    setImmediate(() => {
      this.#turnEnds = performance.now() + TURN
      this.#flush()
    })
  }

  #flush(): void {
    this.#scheduled = false
    const [first, ...rest] = this.#outgoing
    if (first === undefined || this.destroyed) return
    this.#outgoing = []
    this.#execute(rest.length === 0 ? first : Buffer.concat([first, ...rest]))
    const answer = this.#incoming
    this.#incoming = []
    this.emit('data', answer.length === 1 ? answer[0] : Buffer.concat(answer))
  }

  #execute(message: Uint8Array): void {
    if (this.#stopped?.aborted === true) {
      this.destroy(asError(this.#stopped.reason))
      return
    }
    // Runs to its end before it returns; the promise only carries a failure of the engine itself.
    this.#database
      .execProtocolRawStream(message, {
        syncToFs: false,
        onRawData: bytes => {
          // The bytes lie in WebAssembly memory, which the next statement writes over.
          this.#incoming.push(Buffer.from(bytes))
        },
      })
      .catch((error: unknown) => {
        this.destroy(asError(error))
      })
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}

function simpleQuery(sql: string): Uint8Array {
  const text = Buffer.from(sql)
  const message = Buffer.alloc(text.length + 6)
  message.write('Q', 0)
  message.writeInt32BE(text.length + 5, 1)
  text.copy(message, 5)
  return message
}
