// Collects what many fields ask for at the same moment into one question to the database.
import type { Call } from './call.ts'

interface Batch<Key, Value> {
  readonly keys: Key[]
  readonly answer: Promise<ReadonlyMap<Key, Value>>
}

/** Columns and relations to read, as Pothos plans them; fields that need the same are read together. */
export type Plan = Readonly<Record<string, unknown>>

/**
 * A loader that asks once for all keys of one moment of one call that need the same columns. Undefined for keys
 * without an answer.
 */
export function batched<Key, Value>(
  load: (call: Call, keys: readonly Key[], plan: Plan) => Promise<ReadonlyMap<Key, Value>>,
): (call: Call, key: Key, plan?: Plan) => Promise<Value | undefined> {
  const open = new WeakMap<Call, Map<string, Batch<Key, Value>>>()

  function begin(call: Call, plan: Plan): Batch<Key, Value> {
    const batches = open.get(call) ?? new Map<string, Batch<Key, Value>>()
    open.set(call, batches)
    const name = JSON.stringify(plan)
    const known = batches.get(name)
    if (known !== undefined) return known
    const keys: Key[] = []
    const answer = endOfMoment().then(() => {
      batches.delete(name)
      return load(call, [...new Set(keys)], plan)
    })
    const batch = { keys, answer }
    batches.set(name, batch)
    return batch
  }

  return async (call, key, plan = {}) => {
    const { keys, answer } = begin(call, plan)
    keys.push(key)
    return (await answer).get(key)
  }
}

/** When everything that can run now has run. */
function endOfMoment(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve)
  })
}
