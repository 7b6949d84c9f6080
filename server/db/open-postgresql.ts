// Opens a PostgreSQL server: a bounded pool in which nothing can hang for ever.
import pg from 'pg'
import type { Engine } from './engine.ts'
import { expressLane } from './express-lane.ts'
import { lastingPool } from './lasting-pool.ts'
import { StartupError } from './startup-error.ts'
import { unreachable } from './unreachable-server.ts'

const TRANSACTIONS = { maxWait: 2_000, timeout: 5_000 }

/** Times in milliseconds, each shorter than the one that gives up after it: lock < statement < driver. */
const SETTINGS = {
  connectionTimeoutMillis: 5_000,
  query_timeout: 15_000,
  statement_timeout: 10_000,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 15_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  application_name: 'rollcall',
  // Every table of an organization is read through an index that begins with it. A table that was nearly empty when a
  // statement (or a check of a reference) was planned would be read from end to end for each of a thousand rows after a
  // hundred thousand came; without the choice, plans last. It would also make costs so high that plans get compiled.
  options: '-c TimeZone=UTC -c enable_seqscan=off -c jit=off',
}

// A connection is costly to make, and takes what it has prepared with it.
const POOL = { max: 10, idleTimeoutMillis: 300_000 }

/** The oldest server that the migrations are tested on. */
const OLDEST = 15

/**
 * Connects once, so that a wrong address is told at the start and not by the first request.
 * @throws StartupError when `url` is no address, the server cannot be reached, or it does not fit.
 */
export async function openPostgresql(url: string): Promise<Engine> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new StartupError(
      'DATABASE_URL is not the address of a PostgreSQL database: write it as postgresql://user:password@host:5432/database (with special characters of the password percent-encoded).',
    )
  }
  const pool = lastingPool({ ...SETTINGS, ...POOL, connectionString: url })
  const address = new pg.Client({ connectionString: url })
  const explain = (error: unknown): unknown => unreachable(address, error)
  try {
    await checkServer(pool)
  } catch (error) {
    await pool.end()
    throw explain(error)
  }
  const lane = expressLane({ ...SETTINGS, connectionString: url })
  return {
    kind: 'postgresql',
    pool,
    lane,
    transactions: TRANSACTIONS,
    explain,
    close: () => Promise.resolve(),
  }
}

interface Server {
  readonly version: number
  readonly encoding: string
  readonly standby: boolean
}

async function checkServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<Server>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
            current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby`,
  )
  const [server] = rows
  if (server === undefined) return
  if (server.version < OLDEST) {
    throw new StartupError(
      `Rollcall needs PostgreSQL ${OLDEST} or newer, but the server of DATABASE_URL is ${server.version}: upgrade it, or name another.`,
    )
  }
  if (server.encoding !== 'UTF8') {
    throw new StartupError(
      `The database of DATABASE_URL stores text as ${server.encoding}, which cannot hold every name: make a new one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    )
  }
  if (server.standby) {
    throw new StartupError(
      'The server of DATABASE_URL is a standby, which cannot be written to: name the primary server.',
    )
  }
}
