// What the two kinds of database are asked for, and what each puts behind the pool.
import type pg from 'pg'
import type { ExpressLane } from './express-lane.ts'
import type { Snapshot } from './snapshot.ts'

export interface OpenOptions {
  /** Address of a PostgreSQL >= 15, `postgresql://user:password@host/database`. Without it: the embedded one. */
  readonly url?: string | undefined
  /** Folder of the embedded database. Without it and without `url`: in memory, gone at the end. */
  readonly dataDir?: string | undefined
  /** A data folder as a tar file (made by `PGlite.dumpDataDir`) that a new embedded database starts from. */
  readonly template?: Blob | undefined
  /** Folder of the migrations; `prisma/migrations` of this program without it. */
  readonly migrations?: string | undefined
  /** Told of what fails without a caller: a snapshot that the full disk refuses, say. For the log. */
  readonly onProblem?: ((error: unknown) => void) | undefined
}

/** What is behind the pool: made by `openEmbedded` or `openPostgresql`. */
export interface Engine {
  readonly kind: 'embedded' | 'postgresql'
  readonly pool: pg.Pool
  /** For reads that wait for nobody; without it they use the pool. */
  readonly lane?: ExpressLane
  /** How long Prisma's transactions may wait for a connection and last, in milliseconds. */
  readonly transactions: { readonly maxWait: number; readonly timeout: number }
  readonly snapshot?: () => Promise<Snapshot | undefined>
  readonly stopped?: AbortSignal
  /** Makes a sentence of what the server refuses. */
  explain?(error: unknown): unknown
  /** Called while the pool still works. */
  beforeClose?(): Promise<void>
  /** Ends what the pool stands on. */
  close(): Promise<void>
}
