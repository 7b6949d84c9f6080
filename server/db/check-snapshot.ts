// Opens a snapshot and reads it, because a backup that was never read back is only a hope.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { settings } from './pglite-settings.ts'
import { pglitePool } from './pglite-pool.ts'
import { unpackInto } from './tar.ts'

/** Reads every row of every table (PostgreSQL compares each page's checksum with it) and answers their number. */
export async function checkSnapshot(file: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-check-'))
  try {
    await unpackInto(folder, file)
    const database = await PGlite.create({ fs: new NodeFS(folder), startParams: settings('memory') })
    try {
      return await countRows(database)
    } finally {
      await database.close()
    }
  } catch (error) {
    throw new Error(`The snapshot ${file} cannot be read back: keep an older one and look at the disk.`, {
      cause: error,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function countRows(database: PGlite): Promise<number> {
  const pool = pglitePool(database)
  const tables = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  )
  let rows = 0
  for (const { name } of tables.rows) {
    const counted = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`)
    rows += counted.rows[0]?.count ?? 0
  }
  await pool.end()
  return rows
}
