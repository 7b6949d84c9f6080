// Work on a list with a bounded number of pieces under way at once.

/** Runs `work` for every entry, at most `limit` at a time; stops taking entries once one has thrown. */
export async function inParallel<T>(
  list: readonly T[],
  limit: number,
  work: (entry: T) => Promise<void>,
): Promise<void> {
  let next = 0
  let broken = false
  const worker = async (): Promise<void> => {
    while (!broken && next < list.length) {
      const entry = list[next]
      next += 1
      try {
        await work(entry as T)
      } catch (error) {
        broken = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, list.length) }, worker))
}
