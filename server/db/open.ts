// Opens the database, embedded or PostgreSQL, behind one shape; the only maker of a Prisma client.
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '#prisma/client.ts'
import type pg from 'pg'
import type { Engine, OpenOptions } from './engine.ts'
import type { ExpressLane } from './express-lane.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { migrationsFolder, readMigrations } from './migrations-folder.ts'
import { openPostgresql } from './open-postgresql.ts'
import type { Snapshot } from './snapshot.ts'
import { statementNames } from './statement-names.ts'

export interface Database {
  readonly prisma: PrismaClient
  /** For hand-written SQL; the same connections that Prisma uses. */
  readonly pool: pg.Pool
  /** For hand-written reads that wait for nobody; without it they use the pool. */
  readonly lane?: ExpressLane | undefined
  readonly kind: 'embedded' | 'postgresql'
  /** How long a transaction may last unless it asks for more, in milliseconds. */
  readonly transactionTimeout: number
  /** Applies missing migrations and answers their names. Safe to call from several processes at once. */
  migrate(): Promise<string[]>
  /** Embedded in a folder only: see `takeSnapshot`. */
  snapshot?(): Promise<Snapshot | undefined>
  /**
   * Aborted when the database cannot be used until the program is started again: every query fails from then on.
   * Its reason is a StoppedError with a sentence for the log. A lost PostgreSQL server does not abort it.
   */
  readonly stopped: AbortSignal
  close(): Promise<void>
}

/**
 * Opens and checks the database; does not migrate.
 * @throws StartupError with one sentence that says what to do.
 */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const engine = await openEngine(options)
  const { pool, kind } = engine
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() })
  const prisma = new PrismaClient({
    adapter,
    transactionOptions: engine.transactions,
    errorFormat: 'minimal',
  })
  return {
    prisma,
    pool,
    lane: engine.lane,
    kind,
    transactionTimeout: engine.transactions.timeout,
    stopped: engine.stopped ?? new AbortController().signal,
    ...(engine.snapshot && { snapshot: engine.snapshot }),
    async migrate() {
      const migrations = readMigrations(options.migrations ?? migrationsFolder())
      const pending = await pendingMigrations(pool, migrations)
      const isNew = pending.length === migrations.length
      if (pending.length > 0 && !isNew) await engine.snapshot?.()
      return migrate(pool, migrations).catch((error: unknown) => {
        throw engine.explain?.(error) ?? error
      })
    },
    async close() {
      await prisma.$disconnect()
      await engine.beforeClose?.()
      await engine.lane?.end()
      await pool.end()
      await engine.close()
    },
  }
}

/** The embedded engine is loaded only by those who use it: beside a PostgreSQL its code would be dead weight. */
async function openEngine(options: OpenOptions): Promise<Engine> {
  if (options.url !== undefined) return openPostgresql(options.url)
  const { openEmbedded } = await import('./open-embedded.ts')
  return openEmbedded(options)
}
