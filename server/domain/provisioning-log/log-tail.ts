// The end of a log in memory, shared by all followers in this process: one look into the table feeds them all.
import type { Context } from '#server/domain/context.ts'
import { readLogRows, type LogName } from './read-log.sql.ts'

export interface LogRow {
  readonly sequence: string
}

/** Rows come from the table as they are. */
type Kept<Row> = Row & { readonly occurred_at: Date }

const kept = 2_000
const block = 500
/** Rows older than this are read from the table again, where a purge may have taken names out of them. */
const keptFor = 10 * 60_000

/**
 * Keeps the newest rows of one organization's log. Followers that are near the end are served from here, others
 * from the table; nobody is pushed to, so a slow follower costs nothing.
 */
export class LogTail<Row extends LogRow> {
  readonly #log: LogName
  #rows: Kept<Row>[] = []
  /** Number of the row before the first kept one. */
  #base: bigint
  #look: Promise<void> | undefined

  constructor(log: LogName, startAt: bigint) {
    this.#log = log
    this.#base = startAt
  }

  /** Rows behind `after` in order; empty when there are none yet. */
  async rowsAfter(ctx: Context, after: bigint): Promise<readonly Row[]> {
    this.#forgetOld(ctx.clock.now().getTime() - keptFor)
    if (after > this.#end()) this.#beginAt(after)
    if (after === this.#end()) await this.#lookOnce(ctx)
    if (after < this.#base) return readLogRows<Row>(ctx.sql, { log: this.#log, after, limit: block })
    return this.#slice(after)
  }

  /** Nobody looked for a while, and the log went on: what lies between is for the table, not for whoever is ahead. */
  #beginAt(base: bigint): void {
    this.#rows = []
    this.#base = base
    this.#look = undefined
  }

  #forgetOld(before: number): void {
    const young = this.#rows.findIndex(row => row.occurred_at.getTime() >= before)
    const old = young < 0 ? this.#rows.length : young
    if (old > 0) this.#drop(old)
  }

  #drop(count: number): void {
    this.#rows = this.#rows.slice(count)
    this.#base += BigInt(count)
  }

  #end(): bigint {
    return this.#base + BigInt(this.#rows.length)
  }

  #slice(after: bigint): readonly Row[] {
    const from = Number(after - this.#base)
    return this.#rows.slice(from, from + block)
  }

  /** One look at a time; whoever asks meanwhile gets the same answer. */
  #lookOnce(ctx: Context): Promise<void> {
    if (this.#look !== undefined) return this.#look
    const look = this.#readOn(ctx).finally(() => {
      if (this.#look === look) this.#look = undefined
    })
    this.#look = look
    return look
  }

  async #readOn(ctx: Context): Promise<void> {
    const end = this.#end()
    const rows = await readLogRows<Kept<Row>>(ctx.sql, { log: this.#log, after: end, limit: block })
    // Begun anew meanwhile: these rows do not follow the kept ones.
    if (this.#end() !== end) return
    this.#rows.push(...rows)
    const surplus = this.#rows.length - kept
    if (surplus > 0) this.#drop(surplus)
  }
}
