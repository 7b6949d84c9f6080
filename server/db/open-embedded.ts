// Opens the embedded database: PostgreSQL in this process, in a folder or in memory.
import { PGlite } from '@electric-sql/pglite'
import type { Engine, OpenOptions } from './open.ts'
import { pglitePool } from './pglite-pool.ts'

/** One session serves everybody, so a caller may have to wait for many short transactions. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 }

/** Opens the embedded database of `dataDir`, or one in memory. */
export async function openEmbedded({ dataDir, template }: OpenOptions): Promise<Engine> {
  const database = await PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(template === undefined ? {} : { loadDataDir: template }),
    startParams: [...PGlite.defaultStartParams, '-c', 'TimeZone=UTC'],
  })
  return {
    kind: 'embedded',
    pool: pglitePool(database),
    transactions: TRANSACTIONS,
    close: () => database.close(),
  }
}
