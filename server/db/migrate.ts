// Brings a database to the newest schema: plain SQL files in order, one transaction each, each applied once.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Migration } from './migrations-folder.ts'
import { StartupError } from './startup-error.ts'

/** The key that Prisma's own migration tools lock too, so that the two never run at once. */
const ADVISORY_LOCK = 72_707_369

/** Prisma's own table, with its columns, so that its tools can be used on the database later. */
const CREATE_RECORD_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

interface Record {
  readonly migration_name: string
  readonly checksum: string
  readonly finished: boolean
}

/**
 * Applies what is missing and answers the names of what it applied. Any number of processes may call it at once:
 * each migration is applied by one of them. A migration that fails leaves nothing behind.
 *
 * @throws StartupError when an applied file was changed, when the database knows a migration that this version
 * does not, or when another tool left a migration half done. The database is untouched then.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = []
  const client = await pool.connect()
  try {
    for (;;) {
      const name = await applyNext(client, migrations)
      if (name === undefined) break
      applied.push(name)
    }
  } catch (error) {
    client.release(error instanceof Error ? error : true)
    throw error
  }
  client.release()
  return applied
}

/** Names of the migrations that the database lacks, oldest first. Throws like {@link migrate}. */
export async function pendingMigrations(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  const table = await pool.query<{ exists: boolean }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "exists"`,
  )
  const records = table.rows[0]?.exists === true ? await readRecords(pool) : []
  return missing(records, migrations).map(migration => migration.name)
}

/** Applies the oldest missing migration in a transaction of its own; answers its name, or nothing when none is. */
async function applyNext(
  client: pg.PoolClient,
  migrations: readonly Migration[],
): Promise<string | undefined> {
  await client.query('BEGIN')
  try {
    // Waiting for another starter and building an index may take longer than any request is allowed to.
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0')
    await client.query(patiently(`SELECT pg_advisory_xact_lock(${ADVISORY_LOCK})`))
    await client.query(CREATE_RECORD_TABLE)
    const [next] = missing(await readRecords(client), migrations)
    if (next) {
      await client.query(patiently(next.sql))
      await record(client, next)
    }
    await client.query('COMMIT')
    return next?.name
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** The longest that a timer can wait, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1

/** A query that the driver does not give up; pg reads this field, although its types do not say so. */
function patiently(text: string): { text: string } {
  const query = { text, query_timeout: LONGEST }
  return query
}

async function readRecords(queryable: pg.Pool | pg.PoolClient): Promise<Record[]> {
  const { rows } = await queryable.query<Record>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows
}

function missing(records: readonly Record[], migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map(migration => [migration.name, migration]))
  for (const { migration_name: name, checksum, finished } of records) {
    const migration = known.get(name)
    if (!migration) {
      throw new StartupError(
        `The database was upgraded by a newer version of Rollcall (it holds the migration ${name}): start that version, or restore a backup from before the upgrade.`,
      )
    }
    if (!finished) {
      throw new StartupError(
        `The migration ${name} was left half done by another tool: restore a backup from before it, then start again.`,
      )
    }
    if (migration.checksum !== checksum) {
      throw new StartupError(
        `The migration ${name} is not the one that this database was built with: put the original file back, and make further changes in a new migration.`,
      )
    }
  }
  const applied = new Set(records.map(row => row.migration_name))
  return migrations.filter(migration => !applied.has(migration.name))
}

async function record(client: pg.PoolClient, { name, checksum }: Migration): Promise<void> {
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
}
