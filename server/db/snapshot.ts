// Snapshots of the embedded database: a copy of its files at one moment, packed while it works on.
import { constants, copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { emptyFolder, syncFolder } from './folder-files.ts'
import { outdatedSnapshots, snapshotName, snapshotNames, snapshotsFolder } from './snapshot-files.ts'
import { packFolder } from './tar.ts'
import { checkpoint, walPosition } from './wal-position.ts'
import type { WalMarks } from './wal-position.ts'

export interface Snapshot {
  /** Path of the archive. */
  readonly file: string
  readonly bytes: number
}

/** What a snapshot is taken of. */
export interface SnapshotSource {
  readonly pool: pg.Pool
  readonly dataDir: string
  /** The folder of the database's files. */
  readonly cluster: string
  readonly marks: WalMarks
}

/**
 * Takes a snapshot and deletes outdated ones; nothing when nothing was written since the last. Other callers wait
 * only while the files are copied. A crash leaves the snapshots as they were before or after, never half a one.
 */
export async function takeSnapshot(source: SnapshotSource): Promise<Snapshot | undefined> {
  const folder = snapshotsFolder(source.dataDir)
  const copy = join(folder, 'copy')
  const half = join(folder, 'half.tar.gz')
  const file = join(folder, snapshotName(new Date()))
  await emptyFolder(copy)
  try {
    if (!(await copyAtOneMoment(source, copy))) return undefined
    await packFolder(copy, half)
    await rename(half, file)
    for (const name of outdatedSnapshots(snapshotNames(source.dataDir))) await rm(join(folder, name))
    await syncFolder(folder)
    return { file, bytes: (await stat(file)).size }
  } finally {
    await rm(copy, { recursive: true, force: true })
    await rm(half, { force: true })
  }
}

/** Holds the only session, so that the files stand still. Answers false when nothing was written since the last. */
async function copyAtOneMoment({ pool, cluster, marks }: SnapshotSource, target: string): Promise<boolean> {
  const client = await pool.connect()
  try {
    if ((await walPosition(client)) === marks.snapshot) return false
    await checkpoint(client, marks)
    const { rows } = await client.query<{ first: string; last: string }>(
      `SELECT redo_wal_file AS first, pg_walfile_name(pg_current_wal_insert_lsn()) AS last FROM pg_control_checkpoint()`,
    )
    const [wal] = rows
    if (wal === undefined) throw new Error('PostgreSQL does not tell where its log begins')
    copyFolder({ from: cluster, to: target, isWanted: path => isNeeded(path, wal) })
    marks.snapshot = marks.checkpoint ?? ''
    return true
  } finally {
    client.release()
  }
}

/** Of the log, recovery reads only what follows the checkpoint; other segments are used up or prepared. */
function isNeeded(path: string, wal: { first: string; last: string }): boolean {
  if (path === 'postmaster.pid') return false
  const segment = /^pg_wal\/([0-9A-F]{24})$/.exec(path)?.[1]
  return segment === undefined || (segment >= wal.first && segment <= wal.last)
}

interface Copy {
  readonly from: string
  readonly to: string
  readonly isWanted: (path: string) => boolean
}

/** Synchronous on purpose: no statement can run in between. Shares the bytes where the file system can. */
function copyFolder(copy: Copy, below = ''): void {
  const { from, to, isWanted } = copy
  for (const entry of readdirSync(join(from, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) {
      mkdirSync(join(to, path))
      copyFolder(copy, path)
    } else if (isWanted(path)) {
      copyFileSync(join(from, path), join(to, path), constants.COPYFILE_FICLONE)
    }
  }
}
