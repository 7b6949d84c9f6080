// A pg.Pool over a PGlite in this process, so that the embedded database and PostgreSQL share one code path.
import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { lastingPool } from './lasting-pool.ts'
import { PGliteStream } from './pglite-stream.ts'

/** How long a caller waits for the single session before it gives up, in milliseconds. */
const WAIT_FOR_SESSION = 15_000

/**
 * The pool's one connection is PGlite's one session: statements run one after the other, and a transaction holds
 * all others back until it ends. Results, error codes and prepared statements are those of the real `pg.Client`.
 * Once `stopped` is aborted nothing is executed any more: every query fails with the signal's reason.
 */
export function pglitePool(database: PGlite, stopped?: AbortSignal): pg.Pool {
  return lastingPool({
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: WAIT_FOR_SESSION,
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    stream: () => new PGliteStream(database, stopped),
  })
}
