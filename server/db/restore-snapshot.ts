// Goes back to a snapshot of the embedded database; only ever on a person's command.
import { existsSync } from 'node:fs'
import { replaceCluster } from './cluster.ts'
import { lockFolder } from './folder-lock.ts'
import { StartupError } from './startup-error.ts'
import { unwritable } from './unwritable-folder.ts'

/**
 * Puts the database of the archive `file` in the place of the current one and answers where that one is kept.
 * Until the last step, which is one rename, a crash leaves the current database as it is.
 *
 * @throws StartupError when the database is in use, or the archive is missing or damaged; nothing is changed then.
 */
export async function restoreSnapshot(dataDir: string, file: string): Promise<string | undefined> {
  if (!existsSync(file))
    throw new StartupError(`There is no snapshot ${file}: name one of the folder ${dataDir}/snapshots.`)
  const lock = await lockFolder(dataDir)
  try {
    return await replaceCluster(dataDir, file)
  } catch (error) {
    const known = unwritable(dataDir, error)
    if (known instanceof StartupError) throw known
    throw new StartupError(`The snapshot ${file} is damaged; nothing was changed: try the one before it.`, {
      cause: error,
    })
  } finally {
    await lock.release()
  }
}
