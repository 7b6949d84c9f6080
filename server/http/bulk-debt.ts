// What tokens still owe for operations that came together in one Bulk request, in milliseconds of their rate.
import type { Redis } from 'ioredis'

export interface BulkDebts {
  /** Milliseconds until nothing is owed. */
  readonly owed: (tokenId: string) => Promise<number>
  readonly add: (tokenId: string, milliseconds: number) => Promise<void>
}

/** Counted in this process; debts that are paid are forgotten when new ones come. */
export function debtsInMemory(now: () => number = () => performance.now()): BulkDebts {
  const paidAt = new Map<string, number>()
  const owed = (tokenId: string): number => Math.max(0, (paidAt.get(tokenId) ?? 0) - now())
  return {
    owed: tokenId => Promise.resolve(owed(tokenId)),
    add: (tokenId, milliseconds) => {
      for (const [other, at] of paidAt) if (at <= now()) paidAt.delete(other)
      paidAt.set(tokenId, now() + owed(tokenId) + milliseconds)
      return Promise.resolve()
    },
  }
}

/** The debt is the time that a key still has to live, so no clocks have to agree. */
const addScript = `
  local owed = redis.call('PTTL', KEYS[1])
  if owed < 0 then owed = 0 end
  redis.call('SET', KEYS[1], 1, 'PX', owed + tonumber(ARGV[1]))`

/** Shared by several processes. Without an answer from Redis nothing is owed: a limit is no reason to stop. */
export function debtsInRedis(redis: Redis): BulkDebts {
  const key = (tokenId: string): string => `rollcall-limit-debt:${tokenId}`
  return {
    owed: tokenId =>
      redis.pttl(key(tokenId)).then(
        milliseconds => Math.max(0, milliseconds),
        () => 0,
      ),
    add: (tokenId, milliseconds) =>
      redis.eval(addScript, 1, key(tokenId), Math.ceil(milliseconds)).then(
        () => undefined,
        () => undefined,
      ),
  }
}
