// Says in one sentence why a data folder cannot be written, and what to do.
import { StartupError } from './startup-error.ts'

/** A StartupError for the ways in which a disk refuses; any other error as it is. */
export function unwritable(folder: string, error: unknown): unknown {
  switch (codeOf(error) ?? codeIn(error)) {
    case 'EACCES':
    case 'EPERM':
      return new StartupError(
        `Rollcall may not write to the data folder ${folder}: give the user it runs as the right to, or set DATA_DIR to another folder.`,
      )
    case 'EROFS':
      return new StartupError(
        `The data folder ${folder} is on a read-only disk: make the disk writable, or set DATA_DIR to another folder.`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartupError(
        `The disk of the data folder ${folder} is full: free at least 200 MB, or set DATA_DIR to a folder on another disk.`,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupError(
        `The data folder ${folder} cannot be made because a file is in its way: set DATA_DIR to another folder.`,
      )
    default:
      return error
  }
}

/** PostgreSQL hands the system's words on, not the code. */
function codeIn(error: unknown): string | undefined {
  const said = error instanceof Error ? error.message : ''
  if (said.includes('No space left on device')) return 'ENOSPC'
  if (said.includes('Read-only file system')) return 'EROFS'
  if (said.includes('Permission denied')) return 'EACCES'
  return undefined
}

/** The code of a Node error, like ENOENT. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
