// Ties bells together over PostgreSQL's NOTIFY, by a connection outside of every business transaction.
import pg from 'pg'
import { backOff } from './back-off.ts'
import type { Bell, BellRope } from './bell.ts'

const channel = 'rollcall_bell'
/** Nothing may wait for an answer that does not come, in milliseconds. */
const patience = { connectionTimeoutMillis: 5_000, query_timeout: 15_000 }

/** Does `work` after a pause of milliseconds; the answer calls it off. */
export type Later = (work: () => void, pause: number) => () => void

const byTimer: Later = (work, pause) => {
  const timer = setTimeout(work, pause).unref()
  return () => {
    clearTimeout(timer)
  }
}

/**
 * Rejects when the first connection does not come about. A lost one is tied anew, by one attempt at a time: a server that
 * refuses is asked after 1, 2, 4 … seconds, every 30 in the end. Nobody misses a ring for longer than the bell's own tick.
 */
export async function notifyRope(bell: Bell, url: string, later: Later = byTimer): Promise<BellRope> {
  const pause = backOff({ first: 1_000, most: 30_000 })
  let closed = false
  let callOff = (): void => undefined
  let client = await listener({ bell, url, lost })
  let tying = Promise.resolve()

  function lost(): void {
    if (closed) return
    callOff = later(() => {
      tying = retie().catch(lost)
    }, pause.next())
  }
  async function retie(): Promise<void> {
    const fresh = await listener({ bell, url, lost })
    pause.reset()
    client = fresh
  }
  return {
    send: orgId => {
      client.query('SELECT pg_notify($1, $2)', [channel, orgId]).catch(() => undefined)
    },
    close: async () => {
      closed = true
      callOff()
      await tying
      await client.end()
    },
  }
}

interface Listening {
  readonly bell: Bell
  readonly url: string
  /** Called once, and only for a connection that had come about. */
  readonly lost: () => void
}

/** A client says that it has ended also when it was refused, so nobody listens to that before it is tied. */
async function listener({ bell, url, lost }: Listening): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, keepAlive: true, ...patience })
  client.on('error', () => undefined)
  client.on('notification', message => {
    bell.echo(message.payload ?? '')
  })
  try {
    await client.connect()
    await client.query(`LISTEN ${channel}`)
  } catch (error) {
    client.end().catch(() => undefined)
    throw error
  }
  client.once('end', lost)
  return client
}
