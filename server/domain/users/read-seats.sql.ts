// Reads how many seats are taken, from the counters.
import type { Sql, Statement } from '#server/domain/context.ts'

export interface Seats {
  readonly used: number
  /** Null when any number may be taken. */
  readonly limit: number | null
}

const seats: Statement = {
  name: 'read-seats',
  text: `SELECT s.pending + s.active AS used, o.seat_limit AS limit
    FROM organization_streams s JOIN organizations o ON o.id = s.org_id WHERE s.org_id = $1`,
}

/** Seats as they are now, this transaction's own changes included. */
export async function readSeats(sql: Sql): Promise<Seats> {
  const [row] = await sql.run<Seats>(seats, [])
  return row ?? { used: 0, limit: null }
}
