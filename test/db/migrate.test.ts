// Migrations: each is applied once, whole, in order, and only by a version that knows the database.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import pg from 'pg'
import { migrate, pendingMigrations } from '#server/db/migrate.ts'
import type { Migration } from '#server/db/migrations-folder.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Database } from '#server/db/open.ts'
import { serverUrl } from '#test/support/postgresql-server.ts'
import { embeddedTemplate } from '#test/support/database-template.ts'
import { emptyDatabase } from '#test/support/database.ts'

const first: Migration = { name: '20260101000000_first', sql: 'CREATE TABLE a (id int)', checksum: '1' }
const second: Migration = {
  name: '20260102000000_second',
  sql: `CREATE TABLE b (note text); INSERT INTO b VALUES ('one;two'); CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$`,
  checksum: '2',
}
const broken: Migration = {
  name: '20260103000000_broken',
  sql: 'CREATE TABLE c (id int); SELEC',
  checksum: '3',
}

let database: Database
let pool: pg.Pool

beforeEach(async () => {
  database = await emptyDatabase()
  pool = database.pool
})

afterEach(() => database.close())

const tables = async (): Promise<unknown[]> => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '^_' ORDER BY 1`,
  )
  return rows.map(row => row.name)
}

it('applies what is missing in order and nothing twice', async () => {
  expect(await pendingMigrations(pool, [first, second])).toEqual([first.name, second.name])
  expect(await migrate(pool, [first])).toEqual([first.name])
  expect(await migrate(pool, [first, second])).toEqual([second.name])
  expect(await migrate(pool, [first, second])).toEqual([])
  expect(await pendingMigrations(pool, [first, second])).toEqual([])
  expect(await tables()).toEqual(['a', 'b'])
})

it('records what it applied where the tools of Prisma look', async () => {
  await migrate(pool, [first])
  const { rows } = await pool.query(
    'SELECT migration_name, checksum, applied_steps_count, finished_at >= started_at AS finished, rolled_back_at FROM _prisma_migrations',
  )
  expect(rows).toEqual([
    {
      migration_name: first.name,
      checksum: '1',
      applied_steps_count: 1,
      finished: true,
      rolled_back_at: null,
    },
  ])
})

it('leaves nothing of a migration that fails, and keeps those before it', async () => {
  await expect(migrate(pool, [first, broken])).rejects.toMatchObject({ code: '42601' })
  expect(await tables()).toEqual(['a'])
  expect(await pendingMigrations(pool, [first, broken])).toEqual([broken.name])
})

it('applies each migration once when six starters come together', async () => {
  const starters = await Promise.all(Array.from({ length: 6 }, () => migrate(pool, [first, second])))
  expect(starters.flat().sort()).toEqual([first.name, second.name])
})

it.runIf(serverUrl !== undefined)(
  'waits for a migration that takes longer than any request may',
  async () => {
    const { connectionString } = pool.options
    const impatient = new pg.Pool({
      connectionString,
      query_timeout: 300,
      statement_timeout: 200,
      lock_timeout: 100,
    })
    const slow: Migration = {
      name: '20260104000000_slow',
      sql: 'SELECT pg_sleep(0.6); CREATE TABLE d ()',
      checksum: '4',
    }
    const starters = await Promise.all([migrate(impatient, [slow]), migrate(impatient, [slow])])
    expect(starters.flat()).toEqual([slow.name])
    await impatient.end()
  },
)

it.runIf(serverUrl !== undefined)(
  'leaves nothing of a migration whose starter was killed, and the next one applies it',
  async () => {
    const killed: Migration = {
      name: '20260105000000_killed',
      sql: 'CREATE TABLE e (); SELECT pg_terminate_backend(pg_backend_pid()); CREATE TABLE f ()',
      checksum: '5',
    }
    await expect(migrate(pool, [first, killed])).rejects.toMatchObject({ code: '57P01' })
    expect(await tables()).toEqual(['a'])
    expect(await migrate(pool, [first, { ...killed, sql: 'CREATE TABLE e ()' }])).toEqual([killed.name])
  },
)

describe('refuses', () => {
  beforeEach(() => migrate(pool, [first, second]))

  it.each([
    ['a database that a newer version has upgraded', [first], /newer version of Rollcall \(.*second\)/],
    [
      'a file that was changed after it was applied',
      [first, { ...second, checksum: 'x' }],
      /second is not the one/,
    ],
  ])('%s', async (_case, migrations, message) => {
    await expect(migrate(pool, migrations)).rejects.toThrow(message)
    await expect(pendingMigrations(pool, migrations)).rejects.toMatchObject({ name: 'StartupError' })
    expect(await tables()).toEqual(['a', 'b'])
  })

  it('a migration that another tool left half done', async () => {
    await pool.query('UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [
      second.name,
    ])
    await expect(migrate(pool, [first, second])).rejects.toThrow(/left half done/)
  })
})

it('takes the migrations of this repository unless told otherwise', async () => {
  const other = await openDatabase({ template: await embeddedTemplate([]), migrations: '/nowhere' })
  await expect(other.migrate()).rejects.toMatchObject({ code: 'ENOENT' })
  await other.close()
  expect((await database.migrate()).length).toBeGreaterThan(0)
})
