// What is said on a socket: the greeting that names the caller, then operations under the same rules as requests.
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { ExecutionArgs, ExecutionResult } from 'graphql'
import {
  makeServer,
  type Context,
  type ServerOptions,
  type SubscribePayload,
  type WebSocket as Wire,
} from 'graphql-ws'
import { createGraphQLError } from 'graphql-yoga'
import type { Credentials } from '#server/graphql/authenticate.ts'
import type { GraphqlDoor, Prepared } from '#server/graphql/door.ts'
import type { Callers, Connected } from './graphql-callers.ts'
import type { SocketLimits } from './socket-limits.ts'

export interface Conversations {
  /** Answers what to call when the socket is closed. */
  readonly begin: (wire: Wire, request: IncomingMessage) => (code: number, reason: string) => void
}

interface Extra {
  readonly request: IncomingMessage
  readonly wire: Wire
  caller?: Connected
}

type Payload = Record<string, unknown> | undefined
type Talk = Context<Payload, Extra>

interface Parts {
  readonly door: GraphqlDoor
  readonly limits: SocketLimits
  readonly callers: Callers
}

/** One server for all sockets. */
export function createConversations(parts: Parts): Conversations {
  const options: ServerOptions<Payload, Extra> = {
    connectionInitWaitTimeout: parts.limits.initWithin,
    onConnect: talk => greet(talk, parts),
    onSubscribe: (talk, _id, payload) => subscribe(talk, payload, parts),
    execute: args => runOf(args).execute(),
    subscribe: args => runOf(args).subscribe(),
  }
  const server = makeServer(options)
  return {
    begin: (wire, request) => {
      const extra: Extra = { wire, request }
      const closed = server.opened(wire, extra)
      return (code, reason) => {
        if (extra.caller) parts.callers.leave(extra.caller)
        void closed(code, reason)
      }
    },
  }
}

/** False closes the socket with 4403. A cookie counts only from a page of our own. */
async function greet(talk: Talk, { door, callers }: Parts): Promise<boolean> {
  const { wire } = talk.extra
  const shown = shownBy(talk)
  const actor = await door.authenticate(shown)
  if (actor === null || actor.kind === 'anonymous') return false
  const caller: Connected = {
    shown,
    actor,
    close: (code, reason) => {
      void wire.close(code, reason)
    },
  }
  if (!callers.admit(caller)) {
    await wire.close(4429, 'Too many connections')
    return false
  }
  talk.extra.caller = caller
  return true
}

function shownBy({ extra, connectionParams }: Talk): Credentials {
  const { headers, socket } = extra.request
  const authorization = connectionParams?.['authorization']
  const ownPage = headers.origin !== undefined
  return {
    authorization: typeof authorization === 'string' ? authorization : null,
    cookie: ownPage ? (headers.cookie ?? null) : null,
    origin: {
      requestId: randomUUID(),
      ip: socket.remoteAddress ?? null,
      client: headers['user-agent']?.slice(0, 300) ?? null,
    },
  }
}

type Run = Exclude<Prepared, { errors: unknown }>

/** What runs an operation travels with it. */
function runOf(args: ExecutionArgs): Run {
  return args.rootValue as Run
}

async function subscribe(talk: Talk, payload: SubscribePayload, { door, limits }: Parts) {
  const { caller, wire } = talk.extra
  if (caller === undefined) return [createGraphQLError('Say who you are first.')]
  if (Object.keys(talk.subscriptions).length > limits.operations) {
    return [
      createGraphQLError(`Run at most ${String(limits.operations)} operations at a time on one connection.`),
    ]
  }
  const prepared = await door.prepare(caller, payload)
  if ('errors' in prepared) return prepared.errors
  const stream: Run = {
    ...prepared,
    subscribe: async () => {
      const answer = await prepared.subscribe()
      return Symbol.asyncIterator in answer ? comeBackAfterFailure(answer, { door, wire }) : answer
    },
  }
  return { ...prepared.args, rootValue: stream }
}

/** A stream that breaks, because the database is away, closes the socket: clients connect again and go on. */
function comeBackAfterFailure(
  stream: AsyncIterableIterator<ExecutionResult>,
  { door, wire }: { door: GraphqlDoor; wire: Wire },
): AsyncIterableIterator<ExecutionResult> {
  const guarded: AsyncIterableIterator<ExecutionResult> = {
    next: async () => {
      try {
        return await stream.next()
      } catch (error) {
        door.settings.onFailure(error, 'socket')
        await wire.close(1013, 'Try again later')
        return { done: true, value: undefined }
      }
    },
    return: async () => (await stream.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => guarded,
  }
  return guarded
}
