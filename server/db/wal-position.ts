// Where the database's log stands: tells whether anything was written since a checkpoint or a snapshot.
import type pg from 'pg'

/** Remembers positions; one for each open database. */
export interface WalMarks {
  checkpoint?: string
  snapshot?: string
}

/** The position, as PostgreSQL prints it: `16/B374D848`. */
export async function walPosition(client: pg.Pool | pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ lsn: string }>('SELECT pg_current_wal_insert_lsn()::text AS lsn')
  return rows[0]?.lsn ?? ''
}

/** Bytes between two positions. */
export function walBytes(from: string, to: string): number {
  const number = (position: string): number => {
    const [high = '0', low = '0'] = position.split('/')
    return Number.parseInt(high, 16) * 2 ** 32 + Number.parseInt(low, 16)
  }
  return number(to) - number(from)
}

/** Writes everything to the data files, so that the log before may go; nothing when nothing was written. */
export async function checkpoint(client: pg.Pool | pg.PoolClient, marks: WalMarks): Promise<void> {
  const before = await walPosition(client)
  if (before === marks.checkpoint) return
  await client.query('CHECKPOINT')
  // A checkpoint writes into the log too, and that is no change.
  const after = await walPosition(client)
  if (before === marks.snapshot) marks.snapshot = after
  marks.checkpoint = after
}
