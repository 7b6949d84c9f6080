// What a PostgreSQL server does by itself and PGlite does not: checkpoints, VACUUM, ANALYZE; and our snapshots.
import type pg from 'pg'
import type { Snapshot } from './snapshot.ts'
import { checkpoint, walBytes, walPosition } from './wal-position.ts'
import type { WalMarks } from './wal-position.ts'

const MINUTE = 60_000

/** Bytes of log after which a checkpoint does not wait for its time; they are what a start after a crash replays. */
const MOST_WAL = 32 * 1024 * 1024

/** Each in milliseconds. */
const EVERY = { look: 10_000, checkpoint: 5 * MINUTE, snapshot: 15 * MINUTE, check: 24 * 60 * MINUTE }

export interface MaintenanceInput {
  readonly pool: pg.Pool
  readonly marks: WalMarks
  readonly snapshot: () => Promise<Snapshot | undefined>
  /** Reads the newest snapshot back. */
  readonly check: () => Promise<unknown>
  /** Told of what failed; it is tried again at the next look. */
  readonly onProblem: (error: unknown) => void
}

export interface Maintenance {
  /** Does what is due now; the timer calls it every ten seconds. Answers what it did, for the log. */
  look(now: number): Promise<string[]>
  /** Waits for what is under way, then takes a last snapshot if told so. */
  stop(how: { lastSnapshot: boolean }): Promise<void>
}

/** Starts the timer. It never keeps the process alive. */
export function keepInShape(input: MaintenanceInput): Maintenance {
  const look = lookAfter(input)
  let running: Promise<unknown> = Promise.resolve()
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

function lookAfter({ pool, marks, snapshot, check }: MaintenanceInput): Maintenance['look'] {
  const began = Date.now()
  const last = { checkpoint: began, snapshot: began, check: began }
  /** What fails is tried again when its time comes the next time, so that a full disk is not made busy too. */
  const isTimeFor = (task: keyof typeof last, now: number): boolean => {
    const isDue = now - last[task] >= EVERY[task]
    if (isDue) last[task] = now
    return isDue
  }
  const logLength = logMeter(pool, marks)
  return async now => {
    const done: string[] = []
    const statement = await vacuumOne(pool)
    if (statement !== undefined) done.push(statement)
    if (isTimeFor('checkpoint', now) || (await logLength()) > MOST_WAL) {
      await checkpoint(pool, marks)
      done.push('checkpoint')
    }
    if (isTimeFor('snapshot', now) && (await snapshot())) done.push('snapshot')
    if (isTimeFor('check', now)) {
      await check()
      done.push('check')
    }
    return done
  }
}

/** Measures how many bytes of log were written since the last checkpoint, or since the first call before one. */
function logMeter(pool: pg.Pool, marks: WalMarks): () => Promise<number> {
  let first: string | undefined
  return async () => {
    const position = await walPosition(pool)
    first ??= position
    return walBytes(marks.checkpoint ?? first, position)
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
