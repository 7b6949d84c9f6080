// Subscriptions over WebSockets (graphql-transport-ws) on /graphql: takes upgrades and keeps the limits of the wire.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import { handleProtocols } from 'graphql-ws'
import { WebSocketServer, type WebSocket } from 'ws'
import type { GraphqlDoor } from '#server/graphql/door.ts'
import { isOwnOrigin } from '#server/graphql/request-rules.ts'
import { createConversations, type Conversations } from './graphql-conversations.ts'
import { watchCallers } from './graphql-callers.ts'
import { socketLimits, type SocketLimits } from './socket-limits.ts'

/** Mounts the sockets onto the host's server; they end when the host stops, with a code that means "come back". */
export function graphqlSockets(door: GraphqlDoor, limits: SocketLimits = socketLimits): FastifyPluginAsync {
  return async app => {
    const listener = new WebSocketServer({
      noServer: true,
      maxPayload: limits.largestMessage,
      perMessageDeflate: false,
      handleProtocols: offered => handleProtocols(offered),
    })
    const callers = watchCallers(door, limits)
    const conversations = createConversations({ door, limits, callers })
    app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const refusal = refusalOf(request, door)
      if (refusal !== null) {
        socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
        return
      }
      listener.handleUpgrade(request, socket, head, client => {
        open({ client, request, conversations }, limits)
      })
    })
    app.addHook('preClose', done => {
      callers.close()
      for (const client of listener.clients) client.close(1012, 'Rollcall restarts')
      listener.close()
      done()
    })
    await app.after()
  }
}

function refusalOf(request: IncomingMessage, door: GraphqlDoor): string | null {
  if ((request.url ?? '').split('?', 1)[0] !== '/graphql') return '404 Not Found'
  return isOwnOrigin(request.headers.origin ?? null, door.settings.publicUrl) ? null : '403 Forbidden'
}

interface Visit {
  readonly client: WebSocket
  readonly request: IncomingMessage
  readonly conversations: Conversations
}

function open({ client, request, conversations }: Visit, limits: SocketLimits): void {
  const hangUp = conversations.begin(
    {
      protocol: client.protocol,
      // Resolves when the operating system has taken the message: a stream waits for its reader.
      send: text =>
        new Promise((resolve, reject) => {
          if (client.readyState !== client.OPEN) resolve()
          else if (client.bufferedAmount > limits.unsentBytes) {
            client.close(4429, 'Reads too slowly')
            client.terminate()
            resolve()
          } else {
            client.send(text, error => {
              if (error) reject(error)
              else resolve()
            })
          }
        }),
      close: (code, reason) => {
        client.close(code, reason)
      },
      onMessage: take => {
        client.on('message', data => {
          take((data as Buffer).toString('utf8')).catch(() => {
            client.close(1013, 'Try again later')
          })
        })
      },
    },
    request,
  )
  const stopPinging = ping(client, limits.pingEvery)
  // The close that follows an error tells the caller; there is nothing to add.
  client.on('error', () => undefined)
  client.once('close', (code, reason) => {
    stopPinging()
    hangUp(code, reason.toString('utf8'))
  })
}

/** Ends connections that are open on our side only. */
function ping(client: WebSocket, every: number): () => void {
  let answered = true
  client.on('pong', () => {
    answered = true
  })
  const timer = setInterval(() => {
    if (!answered) client.terminate()
    answered = false
    client.ping()
  }, every)
  return () => {
    clearInterval(timer)
  }
}
