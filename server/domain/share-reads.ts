// One read for all who want to know the same thing while another answer is on its way.
import type { Sql } from './context.ts'

interface Reads<Answer> {
  readonly running: Promise<Answer>
  next: Promise<Answer> | null
}

/**
 * Wraps a read of one row by a key, so that of each key at most one runs at a time. Whoever comes while one runs
 * does not get its answer, which may be older than the question: all who wait share the next one. An answer is
 * therefore never older than without sharing. A read that fails does so for those who wait as well: a database that
 * says nothing shall hang nobody for twice its time limit.
 */
export function shareReads<Answer>(
  read: (sql: Sql, key: Uint8Array) => Promise<Answer>,
): (sql: Sql, key: Uint8Array) => Promise<Answer> {
  const organizations = new WeakMap<Sql, Map<string, Reads<Answer>>>()

  function start(sql: Sql, key: Uint8Array): Promise<Answer> {
    const known = organizations.get(sql) ?? new Map<string, Reads<Answer>>()
    organizations.set(sql, known)
    const name = Buffer.from(key).toString('base64')
    const reads: Reads<Answer> = { running: read(sql, key), next: null }
    known.set(name, reads)
    const forget = (): void => {
      if (known.get(name) === reads) known.delete(name)
    }
    reads.running.then(forget, forget)
    return reads.running
  }

  return (sql, key) => {
    const reads = organizations.get(sql)?.get(Buffer.from(key).toString('base64'))
    if (reads === undefined) return start(sql, key)
    const again = (): Promise<Answer> => start(sql, key)
    reads.next ??= reads.running.then(again)
    return reads.next
  }
}
