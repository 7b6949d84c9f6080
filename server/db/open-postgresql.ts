// Opens a PostgreSQL server: a bounded pool in which nothing can hang for ever.
import pg from 'pg'
import type { Engine } from './open.ts'

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

/** Connects once, so that a wrong address is told at the start and not by the first request. */
export async function openPostgresql(url: string): Promise<Engine> {
  const pool = new pg.Pool({ ...SETTINGS, connectionString: url })
  const client = await pool.connect()
  client.release()
  return { kind: 'postgresql', pool, transactions: TRANSACTIONS, close: () => Promise.resolve() }
}
