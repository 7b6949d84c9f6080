// Snapshots: whole, only when something changed, kept for days, and enough to come back from.
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkSnapshot } from '#server/db/check-snapshot.ts'
import { clusterPaths } from '#server/db/cluster.ts'
import { openDatabase } from '#server/db/open.ts'
import type { Database } from '#server/db/open.ts'
import { pglitePool } from '#server/db/pglite-pool.ts'
import { settings } from '#server/db/pglite-settings.ts'
import { restoreSnapshot } from '#server/db/restore-snapshot.ts'
import { newestSnapshot, snapshotNames } from '#server/db/snapshot-files.ts'
import { newDataFolder } from '#test/support/data-folder.ts'
import type { DataFolder } from '#test/support/data-folder.ts'

let place: DataFolder
let folder: string
let dataDir: string
let open: Database[]

beforeEach(async () => {
  place = await newDataFolder()
  ;({ folder, dataDir } = place)
  open = []
})

afterEach(async () => {
  for (const database of open) await database.close()
  place.remove()
})

async function openFolder(): Promise<Database> {
  const database = await openDatabase({ dataDir })
  open.push(database)
  return database
}

async function close(database: Database): Promise<void> {
  open = open.filter(other => other !== database)
  await database.close()
}

const count = async ({ pool }: Pick<Database, 'pool'>): Promise<unknown> =>
  (await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM kept')).rows[0]?.count

it('comes back from a snapshot with what was there when it was taken', async () => {
  const database = await openFolder()
  await database.pool.query('CREATE TABLE kept AS SELECT generate_series(1, 5000) AS id')
  const snapshot = await database.snapshot?.()
  await database.pool.query('DELETE FROM kept WHERE id > 10')
  await close(database)
  const before = await restoreSnapshot(dataDir, snapshot!.file)
  expect(await count(await openFolder())).toBe(5000)
  expect(before !== undefined && existsSync(before)).toBe(true)
})

it('is a data folder that PGlite itself can load', async () => {
  const database = await openFolder()
  await database.pool.query('CREATE TABLE kept AS SELECT generate_series(1, 100) AS id')
  const snapshot = await database.snapshot?.()
  const archive = new File([await readFile(snapshot!.file)], 'snapshot.tar.gz', {
    type: 'application/x-gzip',
  })
  const loaded = await PGlite.create({ loadDataDir: archive, startParams: settings('memory') })
  expect(await count({ pool: pglitePool(loaded) })).toBe(100)
  await loaded.close()
})

it('can be read back, and damage in it is noticed', async () => {
  const database = await openFolder()
  await database.pool.query('CREATE TABLE kept AS SELECT generate_series(1, 100) AS id')
  const { file } = (await database.snapshot?.())!
  expect(await checkSnapshot(file)).toBe(100)
  await truncate(file, 4_000_000)
  await expect(checkSnapshot(file)).rejects.toThrow(/cannot be read back/)
})

it('is taken only when something was written', async () => {
  const database = await openFolder()
  await database.pool.query('CREATE TABLE kept (id int)')
  // The first read after a change may note down in the pages what it found out.
  await count(database)
  expect(await database.snapshot?.()).toBeDefined()
  await count(database)
  expect(await database.snapshot?.()).toBeUndefined()
  await database.pool.query('INSERT INTO kept VALUES (1)')
  expect(await database.snapshot?.()).toBeDefined()
})

it('is taken while others write, at one moment between their transactions', async () => {
  const database = await openFolder()
  await database.pool.query('CREATE TABLE kept (id int); CREATE TABLE twin (id int)')
  const writing = new AbortController()
  const writer = (async () => {
    for (let id = 1; !writing.signal.aborted; id += 1) {
      await database.prisma.$transaction([
        database.prisma.$executeRaw`INSERT INTO kept VALUES (${id})`,
        database.prisma.$executeRaw`INSERT INTO twin VALUES (${id})`,
      ])
    }
  })()
  await expect.poll(() => count(database)).toBeGreaterThan(5)
  const snapshot = await database.snapshot?.()
  writing.abort()
  await writer
  await close(database)
  await restoreSnapshot(dataDir, snapshot!.file)
  const { pool } = await openFolder()
  const { rows } = await pool.query('SELECT id FROM kept EXCEPT SELECT id FROM twin')
  expect(rows).toEqual([])
  expect(await count({ pool })).toBeGreaterThan(5)
})

it('is taken before an upgrade and at a clean stop', async () => {
  const migrations = join(folder, 'migrations')
  const write = async (name: string, sql: string): Promise<void> => {
    await mkdir(join(migrations, name), { recursive: true })
    await writeFile(join(migrations, name, 'migration.sql'), sql)
  }
  const database = await openDatabase({ dataDir, migrations })
  open.push(database)
  await write('20260101000000_first', 'CREATE TABLE kept (id int)')
  await database.migrate()
  expect(snapshotNames(dataDir)).toHaveLength(0)
  await write('20260102000000_second', 'DROP TABLE kept')
  await database.migrate()
  expect(snapshotNames(dataDir)).toHaveLength(1)
  const beforeUpgrade = newestSnapshot(dataDir)
  await close(database)
  expect(snapshotNames(dataDir)).toHaveLength(2)
  await restoreSnapshot(dataDir, beforeUpgrade!)
  expect(await count(await openFolder())).toBe(0)
})

it('leaves nothing half done behind', async () => {
  const database = await openFolder()
  await database.pool.query('CREATE TABLE kept (id int)')
  await database.snapshot?.()
  expect(await readdir(join(dataDir, 'snapshots'))).toEqual(snapshotNames(dataDir))
})

describe('a database that cannot be opened', () => {
  const current = (): string => clusterPaths(dataDir).current

  beforeEach(async () => {
    const database = await openFolder()
    await database.pool.query('CREATE TABLE kept AS SELECT generate_series(1, 5000) AS id')
    await close(database)
  })

  const refusal = async (): Promise<string> => {
    const error = await openDatabase({ dataDir }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'StartupError' })
    return (error as Error).message
  }

  it.each([
    ['whose control file is cut off', () => truncate(join(current(), 'global/pg_control'), 100)],
    ['whose log is gone', () => rm(join(current(), 'pg_wal'), { recursive: true })],
    ['whose version is gone', () => rm(join(current(), 'PG_VERSION'))],
    ['that is gone', () => rm(current(), { recursive: true })],
  ])('%s names the newest snapshot and how to go back to it', async (_case, damage) => {
    await damage()
    expect(await refusal()).toContain(`npm run restore -- ${newestSnapshot(dataDir)}`)
    await restoreSnapshot(dataDir, newestSnapshot(dataDir)!)
    expect(await count(await openFolder())).toBe(5000)
  })

  it('of another major version says so', async () => {
    await writeFile(join(current(), 'PG_VERSION'), '17\n')
    expect(await refusal()).toMatch(/PostgreSQL 17, this version reads 18/)
  })

  it('without any snapshot asks for the backup', async () => {
    await rm(join(dataDir, 'snapshots'), { recursive: true })
    await truncate(join(current(), 'global/pg_control'), 100)
    expect(await refusal()).toMatch(/put your backup of the folder in its place/)
  })
})

describe('a restore', () => {
  it('that was cut off before it replaced the database leaves the old one', async () => {
    const database = await openFolder()
    await database.pool.query('CREATE TABLE kept AS SELECT 1 AS id')
    await close(database)
    await mkdir(clusterPaths(dataDir).next)
    await mkdir(clusterPaths(dataDir).unfinished)
    expect(await count(await openFolder())).toBe(1)
  })

  it('that was cut off between the two goes on with the new one', async () => {
    const database = await openFolder()
    await database.pool.query('CREATE TABLE kept AS SELECT 1 AS id')
    await close(database)
    const { current, next } = clusterPaths(dataDir)
    await rename(current, next)
    expect(await count(await openFolder())).toBe(1)
  })

  it('of a damaged archive changes nothing', async () => {
    const database = await openFolder()
    await database.pool.query('CREATE TABLE kept AS SELECT 1 AS id')
    const snapshot = await database.snapshot?.()
    await close(database)
    const damaged = join(folder, 'damaged.tar.gz')
    await copyFile(snapshot!.file, damaged)
    await truncate(damaged, snapshot!.bytes - 1000)
    await expect(restoreSnapshot(dataDir, damaged)).rejects.toMatchObject({ name: 'StartupError' })
    expect(await count(await openFolder())).toBe(1)
  })

  it('refuses while the database is in use', async () => {
    const database = await openFolder()
    const snapshot = await database.snapshot?.()
    await expect(restoreSnapshot(dataDir, snapshot!.file)).rejects.toThrow(/in use by another Rollcall/)
  })
})
