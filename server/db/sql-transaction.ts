// A transaction of hand-written statements on one connection of the pool: no layer between them and the driver.
import type pg from 'pg'
import type { Sql, SqlTransactionOptions, Statement } from '#server/domain/context.ts'

/** Added to the server's limit for a statement: the driver gives up after the server. */
const driverMargin = 5_000

export interface SqlTransactions {
  readonly pool: pg.Pool
  readonly orgId: string
  /** How long a transaction may last that names no time of its own, in milliseconds. */
  readonly usual: number
}

/**
 * Runs `work` in one transaction: committed when it resolves, rolled back when it rejects. A statement that begins
 * after the time is over is refused, and ends the transaction; the server ends one that takes too long.
 */
export async function sqlTransaction<T>(
  { pool, orgId, usual }: SqlTransactions,
  work: (sql: Sql) => Promise<T>,
  options: SqlTransactionOptions = {},
): Promise<T> {
  const client = await pool.connect()
  const endsAt = performance.now() + (options.timeout ?? usual)
  try {
    await client.query(opening(options))
    const result = await work(statementsOn(client, { orgId, endsAt, timeout: options.timeout }))
    const { command } = await client.query('COMMIT')
    // A statement whose failure was swallowed has ended the transaction; the server answers COMMIT with ROLLBACK.
    if (command !== 'COMMIT') throw new Error('The transaction had failed before it was to be committed.')
    client.release()
    return result
  } catch (error) {
    await giveBack(client)
    throw error
  }
}

function opening({ timeout }: SqlTransactionOptions): string {
  return timeout === undefined
    ? 'BEGIN'
    : `BEGIN; SET LOCAL statement_timeout = ${String(Math.ceil(timeout))}`
}

/** A connection that cannot even roll back is thrown away. */
async function giveBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK')
    client.release()
  } catch {
    client.release(true)
  }
}

interface Bounds {
  readonly orgId: string
  readonly endsAt: number
  readonly timeout: number | undefined
}

function statementsOn(client: pg.PoolClient, { orgId, endsAt, timeout }: Bounds): Sql {
  const patience = timeout === undefined ? {} : { query_timeout: timeout + driverMargin }
  return {
    run: async <Row>(statement: Statement, values: readonly unknown[]) => {
      if (performance.now() > endsAt) throw new TransactionTooLong()
      const result = await client.query({ ...statement, ...patience, values: [orgId, ...values] })
      return result.rows as Row[]
    },
  }
}

/** The transaction had used its time up; nothing of it was written. */
export class TransactionTooLong extends Error {
  /** What the server calls the end of a statement that took too long. */
  readonly code = '57014'

  constructor() {
    super('The transaction took too long and was rolled back.')
  }
}
