// Counts the SQL statements that something costs, by listening at the pool.
import type { Database } from '#server/db/open.ts'

export interface Counted<T> {
  readonly result: T
  readonly statements: readonly string[]
}

type Query = (...args: unknown[]) => unknown

/** Runs `work` and answers the statements it sent, whoever sent them: Prisma or hand-written SQL. */
export async function countStatements<T>(database: Database, work: () => Promise<T>): Promise<Counted<T>> {
  const statements: string[] = []
  const pool = database.pool as unknown as { query: Query }
  const original = pool.query.bind(pool)
  pool.query = (...args) => {
    const [first] = args as [string | { text: string }]
    statements.push(typeof first === 'string' ? first : first.text)
    return original(...args)
  }
  try {
    return { result: await work(), statements }
  } finally {
    pool.query = original
  }
}
