// Opens a PostgreSQL server: a bounded pool in which nothing can hang for ever.
import pg from 'pg'
import type { Engine } from './open.ts'
import { checkVersion, unusable } from './postgresql-failure.ts'
import { StartupError } from './startup-error.ts'

const TRANSACTIONS = { maxWait: 2_000, timeout: 5_000 }

/** Times in milliseconds, each shorter than the one that gives up after it: lock < statement < driver. */
const SETTINGS = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  query_timeout: 15_000,
  statement_timeout: 10_000,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 15_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
  application_name: 'rollcall',
  options: '-c TimeZone=UTC',
}

/**
 * Connects once, so that a wrong address is told at the start and not by the first request.
 * @throws StartupError with one sentence that says what to do.
 */
export async function openPostgresql(url: string): Promise<Engine> {
  const pool = new pg.Pool({ ...SETTINGS, connectionString: url })
  try {
    const { rows } = await pool.query<{ version: string }>(
      `SELECT current_setting('server_version_num') AS version`,
    )
    checkVersion(Number(rows[0]?.version))
  } catch (error) {
    await pool.end()
    throw error instanceof StartupError ? error : unusable(url, error)
  }
  return { kind: 'postgresql', pool, transactions: TRANSACTIONS, close: () => Promise.resolve() }
}
