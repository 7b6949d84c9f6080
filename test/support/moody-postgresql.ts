// A server that speaks just enough of PostgreSQL's protocol to let callers in, or to refuse them.
import { createServer, type AddressInfo, type Socket } from 'node:net'

export interface MoodyPostgresql {
  readonly port: number
  /** Whether whoever calls from now on is let in; others are told that the database does not exist. */
  welcomes: boolean
  /** Calls so far, and connections that are open. */
  readonly calls: () => number
  readonly open: () => number
  /** Ends every connection. */
  readonly hangUp: () => void
  readonly close: () => Promise<void>
}

/** A message of the server: https://www.postgresql.org/docs/current/protocol-message-formats.html. */
function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(type)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const ready = message('Z', Buffer.from('I'))
const letIn = Buffer.concat([message('R', Buffer.alloc(4)), ready])
const done = Buffer.concat([message('C', Buffer.from('LISTEN\0')), ready])
const refused = message('E', Buffer.from('SFATAL\0VFATAL\0C3D000\0Mthere is no such database\0\0'))

/** Answers every statement of those whom it lets in with success. */
export async function moodyPostgresql(): Promise<MoodyPostgresql> {
  const callers = new Set<Socket>()
  let calls = 0
  const server = createServer(socket => {
    calls += 1
    callers.add(socket)
    socket.on('error', () => undefined).on('close', () => callers.delete(socket))
    socket.once('data', () => {
      if (!moody.welcomes) {
        socket.end(refused)
        return
      }
      socket.write(letIn)
      socket.on('data', bytes => (bytes.toString('latin1', 0, 1) === 'X' ? socket.end() : socket.write(done)))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const moody: MoodyPostgresql = {
    port: (server.address() as AddressInfo).port,
    welcomes: true,
    calls: () => calls,
    open: () => callers.size,
    hangUp: () => {
      for (const caller of callers) caller.destroy()
    },
    close: async () => {
      moody.hangUp()
      await new Promise(resolve => server.close(resolve))
    },
  }
  return moody
}
