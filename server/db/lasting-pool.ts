// A pg.Pool whose connections outlive an ordinary SQL error: pg's own throws them away, with all they have prepared.
import pg from 'pg'

/** What pg does on release; not in its types. */
interface Releasing {
  _release?: (client: pg.PoolClient, idleListener: unknown, error?: unknown) => void
}

/**
 * An identity provider that creates a person who is there already gets a duplicate key error each time; a new
 * connection for each would cost far more than the statement. Only errors that end the connection, or leave it in
 * an unknown state, end it.
 */
export function lastingPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  // A connection that is lost is told to whoever waits for its answer, and replaced at the next query. Without a
  // listener of its own it would end the process, be it idle (first line) or between two queries (second).
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  const own = pool as pg.Pool & Releasing
  const release = own._release?.bind(pool)
  if (release) {
    own._release = (client, idleListener, error) => {
      release(client, idleListener, isHarmless(client, error) ? undefined : error)
    }
  }
  return pool
}

/** Outside of a transaction ('I') an error of a statement leaves nothing behind; FATAL and PANIC end the session. */
function isHarmless(client: pg.PoolClient, error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError && error.severity === 'ERROR' && client.getTransactionStatus() === 'I'
  )
}
