// The embedded database's files: made whole or not at all, and checked before PostgreSQL touches them.
import { existsSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'
import { emptyFolder, moveIntoPlace } from './folder-files.ts'
import { pglitePool } from './pglite-pool.ts'
import { settings } from './pglite-settings.ts'
import { newestSnapshot } from './snapshot-files.ts'
import { StartupError } from './startup-error.ts'
import { unpackInto } from './tar.ts'
import { databaseTemplate } from './template-file.ts'

/** PostgreSQL's major version inside of PGlite, as it writes it into a database's files. */
const MAJOR = '18'

/** Where things lie in a data folder. */
export function clusterPaths(dataDir: string): { current: string; unfinished: string; next: string } {
  return {
    current: join(dataDir, 'postgres'),
    /** Being unpacked; worthless after a crash. */
    unfinished: join(dataDir, 'postgres.unfinished'),
    /** Complete, on its way to become the current one. */
    next: join(dataDir, 'postgres.next'),
  }
}

/**
 * Makes sure that the data folder holds a database that this version can open, creating one in a new data folder;
 * answers its folder. The caller holds the folder's lock. `template` is an archive to begin with.
 *
 * @throws StartupError when the database was made by another major version, or has gone while its snapshots are there.
 */
export async function readyCluster(dataDir: string, template = databaseTemplate()): Promise<string> {
  const { current, next } = clusterPaths(dataDir)
  if (existsSync(current)) {
    // A restore that was cut off before it replaced anything: the old database stays.
    await rm(next, { recursive: true, force: true })
  } else if (existsSync(next)) {
    await moveIntoPlace(next, current)
  } else {
    const snapshot = newestSnapshot(dataDir)
    if (snapshot) {
      throw new StartupError(
        `The database in ${dataDir} is gone but its snapshots are there: go back to the newest with "npm run restore -- ${snapshot}", or delete ${join(dataDir, 'snapshots')} to begin with an empty database.`,
      )
    }
    await createCluster(dataDir, template)
  }
  await checkMajor(dataDir, current)
  return current
}

/** Puts the database of an archive in the place of the current one, which is kept as `postgres.before-<time>`. */
export async function replaceCluster(dataDir: string, archive: string): Promise<string | undefined> {
  const { current, next } = clusterPaths(dataDir)
  await rm(next, { recursive: true, force: true })
  await unpackNext(dataDir, archive)
  const before = `${current}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`
  const replaces = existsSync(current)
  if (replaces) await rename(current, before)
  await moveIntoPlace(next, current)
  return replaces ? before : undefined
}

async function createCluster(dataDir: string, template: string | undefined): Promise<void> {
  const { current, next } = clusterPaths(dataDir)
  if (template !== undefined) {
    await unpackNext(dataDir, template)
  } else {
    const archive = join(dataDir, 'postgres.new.tar.gz')
    try {
      await writeFile(archive, await emptyDatabase())
      await unpackNext(dataDir, archive)
    } finally {
      await rm(archive, { force: true })
    }
  }
  await moveIntoPlace(next, current)
}

async function unpackNext(dataDir: string, archive: string): Promise<void> {
  const { unfinished, next } = clusterPaths(dataDir)
  await emptyFolder(unfinished)
  try {
    await unpackInto(unfinished, archive)
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
  await moveIntoPlace(unfinished, next)
}

/**
 * A new database as a compressed archive, after `fill` has put into it what it shall bring along. Takes seconds and
 * some hundred megabytes of memory.
 */
export async function emptyDatabase(fill?: (pool: pg.Pool) => Promise<void>): Promise<Uint8Array> {
  const database = await PGlite.create({ startParams: settings('memory') })
  const pool = pglitePool(database)
  await fill?.(pool)
  await pool.query('CHECKPOINT')
  await pool.end()
  const dump = await database.dumpDataDir('gzip')
  await database.close()
  return new Uint8Array(await dump.arrayBuffer())
}

async function checkMajor(dataDir: string, cluster: string): Promise<void> {
  const version = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => '')
  if (version.trim() === MAJOR) return
  if (version === '') throw new Error(`${cluster} holds no database (PG_VERSION is missing)`)
  throw new StartupError(
    `The database in ${dataDir} was made by another version of Rollcall (its format is PostgreSQL ${version.trim()}, this version reads ${MAJOR}): export it with that version and import it into a new DATA_DIR.`,
  )
}
