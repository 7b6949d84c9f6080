// Files that must be whole after a power cut: written beside their place, synced, then renamed into it.
import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes the entries of a folder (created, renamed and deleted files) reach the disk. */
export async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder, and its file system journals renames by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Replaces `target` by `half`, a file or folder that is complete and synced; old or new after a crash, never half. */
export async function moveIntoPlace(half: string, target: string): Promise<void> {
  await rename(half, target)
  await syncFolder(dirname(target))
}

/** Deletes what a crash may have left and makes an empty folder. */
export async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
}
