// A transaction of statements is kept or undone as a whole, and always gives its connection back.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/open.ts'
import { sqlTransaction, TransactionTooLong } from '#server/db/sql-transaction.ts'
import { classifyDatabaseError } from '#server/db/errors.ts'
import type { Sql } from '#server/domain/context.ts'
import { testDatabase } from '#test/support/database.ts'

let database: Database
let orgId: string
beforeAll(async () => {
  database = await testDatabase()
})

const insert = {
  text: `INSERT INTO sign_in_failures (id, subject, occurred_at) VALUES ($1::uuid, $2::text, now())`,
}
const broken = { text: 'SELECT $1::text, 1 / 0' }

/** The first parameter is always the organization's id; here it serves as the id of the row. */
function run<T>(work: (sql: Sql) => Promise<T>, timeout?: number): Promise<T> {
  orgId = randomUUID()
  const transactions = { pool: database.pool, orgId, usual: 5_000 }
  return sqlTransaction(transactions, work, timeout === undefined ? {} : { timeout })
}

async function rows(): Promise<number> {
  const { rows: found } = await database.pool.query('SELECT FROM sign_in_failures WHERE id = $1', [orgId])
  return found.length
}

const store = (sql: Sql) => sql.run(insert, ['someone'])

describe('a transaction of statements', () => {
  it('keeps what it wrote and answers what the work answers', async () => {
    expect(await run(sql => store(sql).then(() => 'done'))).toBe('done')
    expect(await rows()).toBe(1)
  })

  it.each([
    ['the work rejects', (sql: Sql) => store(sql).then(() => Promise.reject(new Error('no')))],
    ['a statement fails', (sql: Sql) => store(sql).then(() => sql.run(broken, []))],
    [
      'a failed statement is swallowed',
      (sql: Sql) => store(sql).then(() => sql.run(broken, []).catch(() => [])),
    ],
  ])('leaves nothing behind when %s', async (_what, work) => {
    await expect(run(work)).rejects.toThrow()
    expect(await rows()).toBe(0)
    expect(database.pool.waitingCount).toBe(0)
    expect(database.pool.idleCount).toBe(database.pool.totalCount)
  })

  it('refuses a statement after its time, as something to try again later', async () => {
    const outcome = run(store, 0)
    await expect(outcome).rejects.toBeInstanceOf(TransactionTooLong)
    expect(classifyDatabaseError(await outcome.catch((error: unknown) => error))).toBe('unavailable')
    expect(await rows()).toBe(0)
  })

  it('gives a longer limit to its own statements only', async () => {
    const limit = { text: `SELECT $1::text, current_setting('statement_timeout') AS value` }
    const [inside] = await run(sql => sql.run<{ value: string }>(limit, []), 77_000)
    expect(inside?.value).toBe('77s')
    const [after] = await run(sql => sql.run<{ value: string }>(limit, []))
    expect(after?.value).not.toBe('77s')
  })
})
