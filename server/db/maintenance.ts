// What a PostgreSQL server does by itself and PGlite does not: checkpoints, VACUUM, ANALYZE; and our snapshots.
import type pg from 'pg'
import type { Snapshot } from './snapshot.ts'
import { checkpoint, walBytes, walPosition } from './wal-position.ts'
import type { WalMarks } from './wal-position.ts'

const MINUTE = 60_000

/** Bytes of log after which a checkpoint does not wait for its time; they are what a start after a crash replays. */
const MOST_WAL = 32 * 1024 * 1024

/** Each in milliseconds. */
const EVERY = { look: MINUTE, checkpoint: 5 * MINUTE, snapshot: 15 * MINUTE }

export interface MaintenanceInput {
  readonly pool: pg.Pool
  readonly marks: WalMarks
  readonly snapshot: () => Promise<Snapshot | undefined>
}

export interface Maintenance {
  /** Does what is due now; the timers call it each minute. Answers what it did, for the log. */
  look(now: number): Promise<string[]>
  /** Waits for what is under way, then takes a last snapshot. */
  stop(): Promise<void>
}

/** Starts the timers. They never keep the process alive. */
export function keepInShape(input: MaintenanceInput): Maintenance {
  const began = Date.now()
  const last = { checkpoint: began, snapshot: began }
  let running: Promise<unknown> = Promise.resolve()
  const look = async (now: number): Promise<string[]> => {
    const done: string[] = []
    const table = await vacuumOne(input.pool)
    if (table !== undefined) done.push(table)
    if (now - last.checkpoint >= EVERY.checkpoint || (await walSince(input)) > MOST_WAL) {
      await checkpoint(input.pool, input.marks)
      last.checkpoint = now
      done.push('checkpoint')
    }
    if (now - last.snapshot >= EVERY.snapshot) {
      const taken = await input.snapshot()
      last.snapshot = now
      if (taken) done.push('snapshot')
    }
    return done
  }
  const timer = setInterval(() => {
    // What fails now (a full disk, say) is tried again at the next look; the database reports it to its callers.
    running = running.then(() => look(Date.now())).catch(() => undefined)
  }, EVERY.look)
  timer.unref()
  return {
    look,
    async stop() {
      clearInterval(timer)
      await running
      await input.snapshot()
    },
  }
}

async function walSince({ pool, marks }: MaintenanceInput): Promise<number> {
  const position = await walPosition(pool)
  marks.checkpoint ??= position
  return walBytes(marks.checkpoint, position)
}

/** PostgreSQL's own thresholds for its autovacuum, and the worst table first: one at a time, as each blocks callers. */
const WORST_TABLE = `
  SELECT relid::regclass::text AS name,
         n_dead_tup > 50 + 0.2 * n_live_tup OR n_ins_since_vacuum > 1000 + 0.2 * n_live_tup AS vacuum
  FROM pg_stat_user_tables
  WHERE n_dead_tup > 50 + 0.2 * n_live_tup
     OR n_ins_since_vacuum > 1000 + 0.2 * n_live_tup
     OR n_mod_since_analyze > 50 + 0.1 * n_live_tup
  ORDER BY n_dead_tup + n_mod_since_analyze DESC
  LIMIT 1`

async function vacuumOne(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ name: string; vacuum: boolean }>(WORST_TABLE)
  const [worst] = rows
  if (worst === undefined) return undefined
  const statement = `${worst.vacuum ? 'VACUUM (ANALYZE)' : 'ANALYZE'} ${worst.name}`
  await pool.query(statement)
  return statement
}
