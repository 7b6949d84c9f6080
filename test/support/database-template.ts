// Makes the migrated empty database that every test worker starts from: once per state of the migrations.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { emptyDatabase } from '#server/db/cluster.ts'
import { migrate } from '#server/db/migrate.ts'
import { migrationsFolder, readMigrations } from '#server/db/migrations-folder.ts'
import type { Migration } from '#server/db/migrations-folder.ts'
import { pglitePool } from '#server/db/pglite-pool.ts'
import { settings } from '#server/db/pglite-settings.ts'
import { onServer, serverUrl, urlOf } from './postgresql-server.ts'

/** Changes when the migrations or the engine change, so that a template can be kept between runs. */
function templateKey(migrations: readonly Migration[]): string {
  const engine = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  const version = readFileSync(join(dirname(engine), '..', 'package.json'), 'utf8')
  const hash = createHash('sha256').update(version).update(settings('memory').join())
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`)
  return hash.digest('hex').slice(0, 16)
}

const ours = (): Migration[] => readMigrations(migrationsFolder())

/** A data folder as a tar file, kept in the system's temporary folder; made when it is not there yet. */
export async function embeddedTemplate(migrations: readonly Migration[] = ours()): Promise<Blob> {
  const file = join(tmpdir(), 'rollcall-test', `${templateKey(migrations)}.tar`)
  if (!existsSync(file)) {
    // Making an empty one takes seconds, filling it half a second.
    const empty = migrations.length > 0 ? { loadDataDir: await embeddedTemplate([]) } : {}
    const database = await PGlite.create({ startParams: settings('memory'), ...empty })
    const pool = pglitePool(database)
    if (migrations.length > 0) await migrate(pool, migrations)
    await pool.query('CHECKPOINT')
    await pool.end()
    const dump = await database.dumpDataDir('none')
    await database.close()
    mkdirSync(dirname(file), { recursive: true })
    const half = `${file}.${process.pid}`
    writeFileSync(half, Buffer.from(await dump.arrayBuffer()))
    renameSync(half, file)
  }
  return new Blob([readFileSync(file)], { type: 'application/x-tar' })
}

/** A database without tables, packed as a data folder's first content, so that a test need not wait for one. */
export async function emptyArchive(): Promise<string> {
  const file = join(tmpdir(), 'rollcall-test', `${templateKey([])}.tar.gz`)
  if (!existsSync(file)) {
    const archive = await emptyDatabase()
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, archive)
    renameSync(`${file}.${process.pid}`, file)
  }
  return file
}

/** Name of the template database on the server; made when it is not there yet. */
export async function serverTemplate(url: string): Promise<string> {
  const name = `rollcall_template_${templateKey(ours())}`
  await onServer(url, async admin => {
    // Several workers may come at once; the unfinished template has another name, so nobody copies it half done.
    await admin.query('SELECT pg_advisory_lock(hashtext($1))', [name])
    const found = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount !== 0) return
    await admin.query(`DROP DATABASE IF EXISTS ${name}_half`)
    await admin.query(`CREATE DATABASE ${name}_half TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`)
    const pool = new pg.Pool({ connectionString: urlOf(url, `${name}_half`), max: 1 })
    await migrate(pool, ours())
    await pool.end()
    await admin.query(`ALTER DATABASE ${name}_half RENAME TO ${name}`)
  })
  return name
}

/** Start of the names of all databases that one run of vitest makes, `runner` being its process id. */
export function testDatabasePrefix(runner: number): string {
  return `rollcall_test_${runner}_`
}

/** Vitest's global set-up: the template is ready before the first worker asks; afterwards the copies are dropped. */
export async function setup(): Promise<void> {
  if (serverUrl === undefined) await embeddedTemplate()
  else await serverTemplate(serverUrl)
}

export async function teardown(): Promise<void> {
  if (serverUrl === undefined) return
  await onServer(serverUrl, async admin => {
    const { rows } = await admin.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [testDatabasePrefix(process.pid)],
    )
    for (const { datname } of rows) await admin.query(`DROP DATABASE ${datname} WITH (FORCE)`)
  })
}
