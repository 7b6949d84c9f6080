// How PostgreSQL runs inside of PGlite: alone in its process, small, in UTC, and durable where it has a disk.
import { PGlite } from '@electric-sql/pglite'
import { DURABLE_SETTINGS } from './durable-node-fs.ts'

/**
 * No checkpointer runs inside of PGlite, so the log is kept short by our own checkpoints (maintenance.ts) and by
 * these sizes. One session needs few of the tables in shared memory.
 */
const SETTINGS = [
  'TimeZone=UTC',
  'shared_buffers=64MB',
  'wal_buffers=1MB',
  'min_wal_size=32MB',
  'max_wal_size=64MB',
  'max_connections=5',
  'random_page_cost=1.1',
  // As on a server, see open-postgresql.ts.
  'enable_seqscan=off',
  // Its timer would keep a process alive whose database cannot be opened.
  'log_startup_progress_interval=0',
]

/** Start parameters for a database on disk, where every COMMIT is synced, or in memory, where none is. */
export function settings(place: 'disk' | 'memory'): string[] {
  // -F turns fsync off, whatever the settings say.
  const flags = PGlite.defaultStartParams.filter(flag => place === 'memory' || flag !== '-F')
  const durable = place === 'disk' ? DURABLE_SETTINGS : []
  return [...flags, ...[...SETTINGS, ...durable].flatMap(setting => ['-c', setting])]
}
