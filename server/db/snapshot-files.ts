// Names and ages of snapshots, and which of them are kept.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Kept whatever their age. */
const NEWEST = 8
/** Besides, the last one of each of so many days. */
const DAYS = 7

const NAME = /^rollcall-(\d{4}-\d\d-\d\d)T(\d\d-\d\d-\d\d-\d{3})Z\.tar\.gz$/

/** The folder of a data folder's snapshots. */
export function snapshotsFolder(dataDir: string): string {
  return join(dataDir, 'snapshots')
}

/** File name of a snapshot; names sort by time. */
export function snapshotName(time: Date): string {
  return `rollcall-${time.toISOString().replace(/[:.]/g, '-')}.tar.gz`
}

/** Names of complete snapshots, newest first. */
export function snapshotNames(dataDir: string): string[] {
  const folder = snapshotsFolder(dataDir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => NAME.test(name))
    .sort()
    .reverse()
}

/** Path of the newest snapshot, if there is one. */
export function newestSnapshot(dataDir: string): string | undefined {
  const [newest] = snapshotNames(dataDir)
  return newest === undefined ? undefined : join(snapshotsFolder(dataDir), newest)
}

/** Of `names`, newest first, those that are no longer kept: all but the 8 newest and the last of each of 7 days. */
export function outdatedSnapshots(names: readonly string[]): string[] {
  const days = new Set<string>()
  return names.filter((name, index) => {
    const day = NAME.exec(name)?.[1]
    if (day === undefined) return false
    const isLastOfDay = !days.has(day) && days.size < DAYS
    if (isLastOfDay) days.add(day)
    return index >= NEWEST && !isLastOfDay
  })
}
