// Ties the bells of several server processes together: over Redis by REDIS_URL, else over PostgreSQL's NOTIFY.
import { Redis } from 'ioredis'
import type { Bell, BellRope } from './bell.ts'
import { notifyRope } from './notify-rope.ts'
import { StartupError } from './db/startup-error.ts'

const channel = 'rollcall_bell'
/** Rings of one organization within this time are sent once, in milliseconds. */
const coalesce = 50

interface Addresses {
  readonly redisUrl: string | undefined
  readonly databaseUrl: string | undefined
}

/** Ties the rope if there can be other processes; answers how to untie it. The embedded database needs none. */
export async function pullRope(bell: Bell, addresses: Addresses): Promise<() => Promise<void>> {
  const { redisUrl, databaseUrl } = addresses
  if (redisUrl === undefined && databaseUrl === undefined) return () => Promise.resolve()
  const rope =
    redisUrl === undefined ? await notifyRope(bell, databaseUrl ?? '') : await redisRope(bell, redisUrl)
  const calm = calmRope(rope)
  bell.pull(calm)
  return calm.close
}

/** Many rings in a moment are one. */
function calmRope(rope: BellRope): BellRope {
  const waiting = new Map<string, NodeJS.Timeout>()
  return {
    send: orgId => {
      if (waiting.has(orgId)) return
      const timer = setTimeout(() => {
        waiting.delete(orgId)
        rope.send(orgId)
      }, coalesce)
      waiting.set(orgId, timer)
    },
    close: async () => {
      for (const timer of waiting.values()) clearTimeout(timer)
      await rope.close()
    },
  }
}

async function redisRope(bell: Bell, url: string): Promise<BellRope> {
  const options = {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    retryStrategy: (times: number) => Math.min(times * 200, 5_000),
  }
  const sender = new Redis(url, options)
  const hearer = new Redis(url, options)
  const swallow = (): void => undefined
  sender.on('error', swallow)
  hearer.on('error', swallow)
  try {
    await Promise.all([sender.connect(), hearer.connect()])
  } catch {
    throw new StartupError('Redis does not answer at REDIS_URL. Start it, or leave REDIS_URL out.')
  }
  hearer.on('message', (_channel, orgId) => {
    bell.echo(orgId)
  })
  await hearer.subscribe(channel)
  return {
    send: orgId => {
      sender.publish(channel, orgId).catch(swallow)
    },
    close: async () => {
      await Promise.all([sender.quit().catch(swallow), hearer.quit().catch(swallow)])
    },
  }
}
