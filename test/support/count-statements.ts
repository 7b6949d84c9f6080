// Counts the SQL statements that something costs, by listening at the pool.
import type { Database } from '#server/db/open.ts'

export interface Counted<T> {
  readonly result: T
  readonly statements: readonly string[]
}

/** Runs `work` and answers the statements it sent, whoever sent them: Prisma or hand-written SQL. */
export async function countStatements<T>(database: Database, work: () => Promise<T>): Promise<Counted<T>> {
  const statements: string[] = []
  const { pool } = database
  const original = pool.query
  const listening = (...args: unknown[]): unknown => {
    const [first] = args
    statements.push(typeof first === 'string' ? first : String((first as { text: string }).text))
    return Reflect.apply(original, pool, args)
  }
  pool.query = listening as typeof pool.query
  try {
    return { result: await work(), statements }
  } finally {
    pool.query = original
  }
}
