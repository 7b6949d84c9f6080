// Lets PostgreSQL inside PGlite reach the disk: PGlite's own file system answers "synced" without doing anything.
import { fdatasyncSync, fstatSync, fsyncSync } from 'node:fs'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** The part of Emscripten's module that is used; PGlite's type of it names packages that it does not bring. */
interface FileSystemModule {
  readonly NODEFS: {
    readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number }
    /** Turns a Node error into one that PostgreSQL sees as an errno. */
    tryFSOperation(work: () => number): number
  }
}

/**
 * PostgreSQL syncs its log before it acknowledges a COMMIT, and data files and folders at checkpoints. With this
 * file system each such call becomes a real one, so that what was acknowledged survives a power cut.
 * Needs `DURABLE_SETTINGS` too.
 */
export class DurableNodeFS extends NodeFS {
  override async init(...[database, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(database, options)
    const preRun = [...(emscriptenOpts.preRun ?? []), addSync]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }
}

/** `fsync` is the only call that Emscripten hands on to a file system; its `fdatasync` does nothing. */
export const DURABLE_SETTINGS: readonly string[] = ['fsync=on', 'wal_sync_method=fsync']

function addSync(module: unknown): void {
  const { NODEFS } = module as FileSystemModule
  NODEFS.stream_ops.fsync = ({ nfd }) =>
    NODEFS.tryFSOperation(() => {
      syncDescriptor(nfd)
      return 0
    })
}

function syncDescriptor(descriptor: number): void {
  if (fstatSync(descriptor).isDirectory()) fsyncSync(descriptor)
  else fdatasyncSync(descriptor)
}
