// One connection that many short reads share: written together, answered in order, none waiting for a free connection.
import { Socket } from 'node:net'
import pg from 'pg'

export interface ExpressLane {
  /** Rows of one statement outside of any transaction. Rejects with what the server or the connection says. */
  run<Row>(query: pg.QueryConfig): Promise<Row[]>
  /** Resolves when what was asked is answered and the connection closed. */
  end(): Promise<void>
}

interface Line {
  readonly client: pg.Client
  readonly socket: Socket
}

/**
 * A lane to the server of `config`, connected at the first question and again after a loss. What is asked in one turn
 * of the event loop leaves in one packet, and a busy server finds its next question in the packet of the last: with a
 * connection for each, sending and waking up cost more than the reads. Only for reads by index: whatever waits, for a
 * lock above all, would hold up everybody behind it. A read that exceeds `query_timeout` ends the connection, and with
 * it what waits.
 */
export function expressLane(config: pg.ClientConfig): ExpressLane {
  let line: Promise<Line> | null = null
  let ended = false

  const connect = async (): Promise<Line> => {
    const socket = new Socket()
    const client = new pg.Client({ ...config, pipeline: true, stream: () => socket })
    const opening = client.connect().then(() => ({ client, socket }))
    line = opening
    const forget = (): void => {
      if (line === opening) line = null
    }
    // Told to whoever waits for an answer; without a listener it would end the process.
    client.on('error', forget)
    client.on('end', forget)
    opening.catch(forget)
    return opening
  }

  /** The line of now; one that a time limit has just ended is not there any more, though nobody has been told. */
  const live = async (): Promise<Line> => {
    const known = line ?? connect()
    const found = await known
    if (!found.socket.destroyed) return found
    if (line === known) line = null
    return line ?? connect()
  }

  return {
    run: async <Row>(query: pg.QueryConfig) => {
      if (ended) throw new Error('The connection to the database is closed.')
      const { client, socket } = await live()
      gather(socket)
      const { rows } = await client.query(query)
      return rows as Row[]
    },
    end: async () => {
      ended = true
      const open = await line?.catch(() => null)
      await open?.client.end()
    },
  }
}

/** Holds what is written until the events of this turn are through. */
function gather(socket: Socket): void {
  if (socket.writableCorked > 0) return
  socket.cork()
  setImmediate(() => {
    socket.uncork()
  })
}
