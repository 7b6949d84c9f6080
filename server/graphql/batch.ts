// Collects what many fields ask for at the same moment into one question to the database.
import type { Call } from './call.ts'

interface Batch<Key, Value> {
  readonly keys: Key[]
  readonly answer: Promise<ReadonlyMap<Key, Value>>
}

/** A loader that asks once for all keys of one moment of one call; undefined for keys without an answer. */
export function batched<Key, Value>(
  load: (call: Call, keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
): (call: Call, key: Key) => Promise<Value | undefined> {
  const open = new WeakMap<Call, Batch<Key, Value>>()
  return async (call, key) => {
    const batch = open.get(call) ?? begin(call)
    batch.keys.push(key)
    return (await batch.answer).get(key)
  }

  function begin(call: Call): Batch<Key, Value> {
    const keys: Key[] = []
    const answer = endOfMoment().then(() => {
      open.delete(call)
      return load(call, keys)
    })
    const batch = { keys, answer }
    open.set(call, batch)
    return batch
  }
}

/** When everything that can run now has run. */
function endOfMoment(): Promise<void> {
  return new Promise(resolve => {
    setImmediate(resolve)
  })
}
