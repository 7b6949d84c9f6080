// Counts the SQL statements that something costs, by listening at the pool and at the lane for short reads.
import type { Database } from '#server/db/open.ts'

export interface Counted<T> {
  readonly result: T
  readonly statements: readonly string[]
}

type Ask = (...args: unknown[]) => unknown

/** Runs `work` and answers the statements it sent, whoever sent them: Prisma or hand-written SQL. */
export async function countStatements<T>(database: Database, work: () => Promise<T>): Promise<Counted<T>> {
  const statements: string[] = []
  const hear = (args: unknown[]): void => {
    const [first] = args as [string | { text: string }]
    statements.push(typeof first === 'string' ? first : first.text)
  }
  const stop = [listen(database.pool, 'query', hear), listen(database.lane, 'run', hear)]
  try {
    return { result: await work(), statements }
  } finally {
    for (const end of stop) end()
  }
}

/** Hears the calls of a method until the answer is called. The embedded database has no lane. */
function listen(place: object | undefined, method: string, hear: (args: unknown[]) => void): () => void {
  if (place === undefined) return () => undefined
  const methods = place as Record<string, Ask>
  const original = methods[method]
  if (original === undefined) throw new Error(`There is no ${method} to listen to.`)
  methods[method] = (...args) => {
    hear(args)
    return original.apply(place, args)
  }
  return () => {
    methods[method] = original
  }
}
