// Data folders with an empty embedded database, copied from one that is made once and kept between runs.
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { readyCluster } from '#server/db/cluster.ts'
import { emptyArchive } from './database-template.ts'

export interface DataFolder {
  /** Outside of the data folder, for a test's other files; goes with it. */
  readonly folder: string
  readonly dataDir: string
  remove(): void
}

/** Memory where the system has enough of it as a folder: a database is a thousand files, and disks are slow to make them. */
export function quickFolder(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 2 ** 30 ? memory : tmpdir()
}

/** A data folder of the test's own, as a first start leaves it but without any table. */
export async function newDataFolder(): Promise<DataFolder> {
  const archive = await emptyArchive()
  const made = join(quickFolder(), `rollcall-test-${basename(archive, '.tar.gz')}`)
  if (!existsSync(made)) {
    const half = `${made}.${process.pid}`
    mkdirSync(half)
    await readyCluster(half, archive)
    try {
      renameSync(half, made)
    } catch {
      // Another worker was quicker.
      rmSync(half, { recursive: true })
    }
  }
  const folder = mkdtempSync(join(quickFolder(), 'rollcall-data-'))
  const dataDir = join(folder, 'data')
  cpSync(made, dataDir, { recursive: true })
  return {
    folder,
    dataDir,
    remove() {
      rmSync(folder, { recursive: true })
    },
  }
}
