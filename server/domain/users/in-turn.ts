// Lets callers who want the same thing in this process go one after the other, before they take a connection.

const queues = new Map<string, Promise<unknown>>()

/** Whether anybody is in the queue of `key`. */
export function isQueued(key: string): boolean {
  return queues.has(key)
}

/**
 * Runs `work` after everything that was asked for the same key before it. Callers that waited at the database
 * instead would each hold one of the few connections that everybody else needs.
 */
export function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const before = queues.get(key) ?? Promise.resolve()
  const mine = before.then(work)
  const settled = mine.then(forget, forget)
  queues.set(key, settled)
  return mine

  function forget(): void {
    if (queues.get(key) === settled) queues.delete(key)
  }
}
