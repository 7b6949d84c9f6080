// A disk that forgets at a power cut whatever was not synced: it keeps a second copy of a folder up to date, sync by sync.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'

export interface ForgetfulDisk {
  /** Number of syncs seen so far. */
  readonly syncs: number
  /** Stops watching and writes into `target` what a power cut at this moment would leave. */
  cutPower(target: string): void
}

/**
 * Watches `folder`, which counts as synced as it is now, in this process. A file's content and name become safe when
 * the file is synced, renames and removals when the folder is: what PostgreSQL expects of a file system, and no more.
 */
export function watchDisk(folder: string): ForgetfulDisk {
  const real = { fdatasyncSync: fs.fdatasyncSync, fsyncSync: fs.fsyncSync }
  const contents = new Map<number, Buffer>()
  const names = new Map<string, Map<string, number>>()
  let syncs = 0

  const keepFile = (path: string): void => {
    contents.set(fs.statSync(path).ino, fs.readFileSync(path))
  }
  const keepNames = (path: string): void => {
    const entries = fs.readdirSync(path).map(name => [name, fs.statSync(join(path, name)).ino] as const)
    names.set(path, new Map(entries))
  }
  const keepAll = (path: string): void => {
    keepNames(path)
    for (const entry of fs.readdirSync(path, { withFileTypes: true })) {
      if (entry.isDirectory()) keepAll(join(path, entry.name))
      else keepFile(join(path, entry.name))
    }
  }
  const synced = (descriptor: number): void => {
    const path = fs.readlinkSync(`/proc/self/fd/${descriptor}`)
    if (relative(folder, path).startsWith('..')) return
    syncs += 1
    if (fs.fstatSync(descriptor).isDirectory()) keepNames(path)
    else {
      keepFile(path)
      names.get(dirname(path))?.set(basename(path), fs.fstatSync(descriptor).ino)
    }
  }
  const restore = (path: string, target: string): void => {
    fs.mkdirSync(target, { recursive: true })
    for (const [name, inode] of names.get(path) ?? []) {
      const below = join(path, name)
      if (names.has(below)) restore(below, join(target, name))
      else fs.writeFileSync(join(target, name), contents.get(inode) ?? '')
    }
  }

  keepAll(folder)
  fs.fdatasyncSync = descriptor => {
    real.fdatasyncSync(descriptor)
    synced(descriptor)
  }
  fs.fsyncSync = descriptor => {
    real.fsyncSync(descriptor)
    synced(descriptor)
  }
  syncBuiltinESMExports()
  return {
    get syncs() {
      return syncs
    },
    cutPower(target) {
      Object.assign(fs, real)
      syncBuiltinESMExports()
      restore(folder, target)
    },
  }
}
