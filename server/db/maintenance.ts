// What a PostgreSQL server does by itself and PGlite does not: checkpoints, VACUUM, ANALYZE; and our snapshots.
import type pg from 'pg'
import type { Snapshot } from './snapshot.ts'
import { checkpoint, walBytes, walPosition } from './wal-position.ts'
import type { WalMarks } from './wal-position.ts'

const MINUTE = 60_000

/** Bytes of log after which a checkpoint does not wait for its time; they are what a start after a crash replays. */
const MOST_WAL = 32 * 1024 * 1024

/** Each in milliseconds. */
const EVERY = { look: 10_000, checkpoint: 5 * MINUTE, snapshot: 15 * MINUTE }

export interface MaintenanceInput {
  readonly pool: pg.Pool
  readonly marks: WalMarks
  readonly snapshot: () => Promise<Snapshot | undefined>
  /** Told of what failed; it is tried again at the next look. */
  readonly onProblem: (error: unknown) => void
}

export interface Maintenance {
  /** Does what is due now; the timer calls it every ten seconds. Answers what it did, for the log. */
  look(now: number): Promise<string[]>
  /** Waits for what is under way, then takes a last snapshot if told so. */
  stop(how: { lastSnapshot: boolean }): Promise<void>
}

/** Starts the timers. They never keep the process alive. */
export function keepInShape(input: MaintenanceInput): Maintenance {
  const began = Date.now()
  const last = { checkpoint: began, snapshot: began }
  let running: Promise<unknown> = Promise.resolve()
  let first: string | undefined
  const logLength = async (): Promise<number> => {
    const position = await walPosition(input.pool)
    first ??= position
    return walBytes(input.marks.checkpoint ?? first, position)
  }
  const look = async (now: number): Promise<string[]> => {
    const done: string[] = []
    const table = await vacuumOne(input.pool)
    if (table !== undefined) done.push(table)
    if (now - last.checkpoint >= EVERY.checkpoint || (await logLength()) > MOST_WAL) {
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
    running = running.then(() => look(Date.now())).catch(input.onProblem)
  }, EVERY.look)
  timer.unref()
  return {
    look,
    async stop({ lastSnapshot }) {
      clearInterval(timer)
      await running
      if (lastSnapshot) await input.snapshot().catch(input.onProblem)
    },
  }
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
