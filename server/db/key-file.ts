// The master key of an embedded installation: a file beside the database that only its user can read, never in the database.
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from './folder-files.ts'
import { StartupError } from './startup-error.ts'
import { codeOf, unwritable } from './unwritable-folder.ts'

const fileName = 'master.key'
const keyBytes = 32

/** The key of a data folder; null when it has none. Throws `StartupError` for a file that holds something else. */
export async function readKeyFile(dataDir: string): Promise<Uint8Array | null> {
  const file = join(dataDir, fileName)
  try {
    const key = Buffer.from(await readFile(file, 'utf8'), 'base64')
    if (key.length !== keyBytes)
      throw new StartupError(
        `The key file ${file} is damaged: put its copy from your backup in its place, or delete it to begin with a new key.`,
      )
    await chmod(file, 0o600)
    return new Uint8Array(key)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    const denied = codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM'
    throw denied
      ? new StartupError(`The key file ${file} cannot be read: give it to the user that Rollcall runs as.`)
      : error
  }
}

/** A new key, on the disk before anything is sealed with it. */
export async function makeKeyFile(dataDir: string): Promise<Uint8Array> {
  const key = randomBytes(keyBytes)
  try {
    await mkdir(dataDir, { recursive: true })
    const handle = await open(join(dataDir, fileName), 'wx', 0o600)
    try {
      await handle.writeFile(`${key.toString('base64')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await syncFolder(dataDir)
  } catch (error) {
    throw unwritable(dataDir, error)
  }
  return new Uint8Array(key)
}
