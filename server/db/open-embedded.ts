// Opens the embedded database: PostgreSQL in this process, in a locked folder or in memory.
import { PGlite } from '@electric-sql/pglite'
import type { PGliteOptions } from '@electric-sql/pglite'
import { checkSnapshot } from './check-snapshot.ts'
import { readyCluster } from './cluster.ts'
import { DurableNodeFS } from './durable-node-fs.ts'
import { lockFolder } from './folder-lock.ts'
import { keepInShape } from './maintenance.ts'
import type { Engine, OpenOptions } from './engine.ts'
import { pglitePool } from './pglite-pool.ts'
import { settings } from './pglite-settings.ts'
import { newestSnapshot } from './snapshot-files.ts'
import { takeSnapshot } from './snapshot.ts'
import { StartupError, StoppedError } from './startup-error.ts'
import { unwritable } from './unwritable-folder.ts'
import type { WalMarks } from './wal-position.ts'

/** One session serves everybody, so a caller may have to wait for many short transactions. */
const TRANSACTIONS = { maxWait: 10_000, timeout: 10_000 }

/** Opens the embedded database of `dataDir`, made at the first start, or one in memory. */
export function openEmbedded(options: OpenOptions): Promise<Engine> {
  const { dataDir, template, onProblem = () => undefined } = options
  return dataDir === undefined ? openInMemory(template) : openFolder(dataDir, onProblem)
}

async function openInMemory(template: Blob | undefined): Promise<Engine> {
  const startParams = settings('memory')
  const database = await PGlite.create({ startParams, ...(template && { loadDataDir: template }) })
  const pool = pglitePool(database)
  return { kind: 'embedded', pool, transactions: TRANSACTIONS, close: () => database.close() }
}

async function openFolder(dataDir: string, onProblem: (error: unknown) => void): Promise<Engine> {
  const lock = await lockFolder(dataDir)
  try {
    const cluster = await readyCluster(dataDir)
    const { database, broken } = await start(cluster)
    const stopped = AbortSignal.any([lock.lost, broken])
    const pool = pglitePool(database, stopped)
    const marks: WalMarks = {}
    const snapshot = () => takeSnapshot({ pool, dataDir, cluster, marks })
    const check = async (): Promise<void> => {
      const newest = newestSnapshot(dataDir)
      if (newest !== undefined) await checkSnapshot(newest)
    }
    const maintenance = keepInShape({ pool, marks, snapshot, check, onProblem })
    return {
      kind: 'embedded',
      pool,
      transactions: TRANSACTIONS,
      snapshot,
      stopped,
      beforeClose: () => maintenance.stop({ lastSnapshot: !stopped.aborted }),
      async close() {
        // Closing writes, and neither a broken engine nor one whose folder somebody else has may do that.
        if (!stopped.aborted) await database.close()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw unopened(dataDir, error)
  }
}

interface Started {
  readonly database: PGlite
  /** Aborted when PostgreSQL has panicked: what it holds in memory is worth nothing, what it has on disk is safe. */
  readonly broken: AbortSignal
}

/** Starts PostgreSQL on its files; the error tells what PostgreSQL said last. */
async function start(cluster: string): Promise<Started> {
  const broken = new AbortController()
  let said: string | undefined
  const options: PGliteOptions = {
    fs: new DurableNodeFS(cluster),
    startParams: settings('disk'),
    onStderr(text) {
      const [, level, message] = /(FATAL|PANIC):\s*(.*)/.exec(text) ?? []
      said = message ?? said
      if (level === 'PANIC') broken.abort(panicked(message ?? ''))
      return false
    },
  }
  try {
    return { database: await PGlite.create(options), broken: broken.signal }
  } catch (error) {
    throw new Error(said ?? String(error), { cause: error })
  }
}

function panicked(said: string): StoppedError {
  const remedy = /No space left/.test(said) ? 'free space on its disk, then start again' : 'start again'
  return new StoppedError(
    `The embedded database had to stop (${said}); nothing acknowledged is lost: ${remedy}.`,
  )
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
