// Opens the embedded database: PostgreSQL in this process, in a locked folder or in memory.
import { PGlite } from '@electric-sql/pglite'
import type { PGliteOptions } from '@electric-sql/pglite'
import { readyCluster } from './cluster.ts'
import { DurableNodeFS } from './durable-node-fs.ts'
import { lockFolder } from './folder-lock.ts'
import { keepInShape } from './maintenance.ts'
import type { Engine, OpenOptions } from './open.ts'
import { pglitePool } from './pglite-pool.ts'
import { settings } from './pglite-settings.ts'
import { newestSnapshot } from './snapshot-files.ts'
import { takeSnapshot } from './snapshot.ts'
import { StartupError } from './startup-error.ts'
import { unwritable } from './unwritable-folder.ts'
import type { WalMarks } from './wal-position.ts'

/** One session serves everybody, so a caller may have to wait for many short transactions. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 }

/** Opens the embedded database of `dataDir`, made at the first start, or one in memory. */
export function openEmbedded({ dataDir, template }: OpenOptions): Promise<Engine> {
  return dataDir === undefined ? openInMemory(template) : openFolder(dataDir)
}

async function openInMemory(template: Blob | undefined): Promise<Engine> {
  const startParams = settings('memory')
  const database = await PGlite.create({ startParams, ...(template && { loadDataDir: template }) })
  const pool = pglitePool(database)
  return { kind: 'embedded', pool, transactions: TRANSACTIONS, close: () => database.close() }
}

async function openFolder(dataDir: string): Promise<Engine> {
  const lock = await lockFolder(dataDir)
  try {
    const cluster = await readyCluster(dataDir)
    const database = await start(cluster)
    const pool = pglitePool(database, lock.lost)
    const marks: WalMarks = {}
    const snapshot = () => takeSnapshot({ pool, dataDir, cluster, marks })
    const maintenance = keepInShape({ pool, marks, snapshot })
    return {
      kind: 'embedded',
      pool,
      transactions: TRANSACTIONS,
      snapshot,
      beforeClose: () => maintenance.stop(),
      async close() {
        // Somebody else has the files now; closing would write into them.
        if (!lock.lost.aborted) await database.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw unopened(dataDir, error)
  }
}

/** Starts PostgreSQL on its files; the error tells what PostgreSQL said last. */
async function start(cluster: string): Promise<PGlite> {
  const said: string[] = []
  const options: PGliteOptions = {
    fs: new DurableNodeFS(cluster),
    startParams: settings('disk'),
    onStderr(text) {
      if (/FATAL|PANIC/.test(text)) said.push(text.replace(/^.*(FATAL|PANIC):\s*/, ''))
      return false
    },
  }
  try {
    return await PGlite.create(options)
  } catch (error) {
    throw new Error(said.at(-1) ?? String(error), { cause: error })
  }
}

function unopened(dataDir: string, error: unknown): unknown {
  const known = unwritable(dataDir, error)
  if (known instanceof StartupError || !(error instanceof Error)) return known
  const snapshot = newestSnapshot(dataDir)
  const remedy =
    snapshot === undefined
      ? 'put your backup of the folder in its place'
      : `go back to the newest snapshot with "npm run restore -- ${snapshot}" (later changes are lost)`
  return new StartupError(`The database in ${dataDir} cannot be opened (${error.message}): ${remedy}.`, {
    cause: error,
  })
}
