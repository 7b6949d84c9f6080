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
  // An idle connection that the network ends is replaced at the next query; without a listener it ends the process.
  pool.on('error', () => undefined)
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
