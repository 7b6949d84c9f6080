// A server that speaks just enough of PostgreSQL's protocol to refuse everybody, or that does not speak it at all.
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** An ErrorResponse with this SQLSTATE and text, no answer at all, or the answer of a web server. */
export type Refusal = { readonly code: string; readonly message: string } | 'silence' | 'http'

export interface RefusingServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** Listens on a free local port and refuses everybody in the given way. */
export async function refusingPostgresql(refusal: Refusal): Promise<RefusingServer> {
  const callers = new Set<Socket>()
  const server = createServer(socket => {
    callers.add(socket)
    socket.on('error', () => undefined).on('close', () => callers.delete(socket))
    socket.on('data', () => {
      if (refusal === 'silence') return
      socket.end(refusal === 'http' ? 'HTTP/1.1 400 Bad Request\r\n\r\n' : errorResponse(refusal))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const caller of callers) caller.destroy()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html, ErrorResponse. */
function errorResponse({ code, message }: { code: string; message: string }): Buffer {
  const fields = ['SFATAL', 'VFATAL', `C${code}`, `M${message}`].map(field => `${field}\0`).join('')
  const body = Buffer.from(`${fields}\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}
