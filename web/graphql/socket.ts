// The one WebSocket: it reconnects by itself, notices half-open lines and resumes each stream at its last cursor.
import type { ExecutionResult, SubscriptionOperation } from '@urql/core'
import { createClient, type Client } from 'graphql-ws'
import { reportLink } from './link-state.ts'

const signedOut = new Set([4401, 4403])
const stale = 20_000

let lastHeard = 0
let everLive = false
let pongTimer: ReturnType<typeof setTimeout> | undefined
let caughtUp = 0
let reconnectedAt = 0

/** Milliseconds to wait before try number `retries` (0 first): half a second doubling to 30 s, up to half of it jitter. */
export function retryDelay(retries: number, random: number): number {
  const base = Math.min(500 * 2 ** retries, 30_000)
  return Math.round(base * (0.5 + random * 0.5))
}

async function waitToRetry(retries: number) {
  const delay = retryDelay(retries, Math.random())
  reportLink(
    navigator.onLine ? { kind: 'reconnecting', seconds: Math.ceil(delay / 1000) } : { kind: 'offline' },
  )
  await new Promise(resolve => setTimeout(resolve, delay))
}

const address = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`

function heard() {
  lastHeard = Date.now()
  clearTimeout(pongTimer)
}

function connected() {
  heard()
  reportLink({ kind: 'live' })
  if (everLive) reconnectedAt = Date.now()
  everLive = true
  caughtUp = 0
}

function closed(event: unknown) {
  const code = event instanceof CloseEvent ? event.code : 1006
  clearTimeout(pongTimer)
  if (signedOut.has(code)) reportLink({ kind: 'signed-out' })
  else if (code === 1000) reportLink({ kind: 'idle' })
}

function mayRetry(event: unknown): boolean {
  return !(event instanceof CloseEvent && signedOut.has(event.code))
}

const socket: Client = createClient({
  url: address,
  lazy: true,
  lazyCloseTimeout: 5000,
  keepAlive: 10_000,
  connectionAckWaitTimeout: 8000,
  retryAttempts: Infinity,
  retryWait: waitToRetry,
  shouldRetry: mayRetry,
  on: {
    connecting: isRetry => {
      if (!isRetry) reportLink({ kind: 'connecting' })
    },
    connected,
    closed,
    message: heard,
    ping: received => {
      if (received) return
      clearTimeout(pongTimer)
      pongTimer = setTimeout(() => {
        socket.terminate()
      }, 5000)
    },
    pong: heard,
  },
})

function wakeUp() {
  if (document.visibilityState === 'visible' && lastHeard > 0 && Date.now() - lastHeard > stale)
    socket.terminate()
}
document.addEventListener('visibilitychange', wakeUp)
addEventListener('online', wakeUp)

/** The cursor inside a message such as `{ exchanges: { cursor, exchange } }`. */
export function cursorOf(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  for (const part of Object.values(data)) {
    const cursor: unknown = (part as { cursor?: unknown } | null)?.cursor
    if (typeof cursor === 'string') return cursor
  }
  return undefined
}

function countCatchUp() {
  if (Date.now() - reconnectedAt > 1500) return
  caughtUp += 1
  reportLink({ kind: 'caught-up', count: caughtUp })
}

export interface Sink {
  next(value: ExecutionResult): void
  error(error: unknown): void
  complete(): void
}

/**
 * urql's way into the socket. graphql-ws writes the payload anew for every retry, so the getter makes a
 * reconnect ask for what came after the last message that was kept.
 */
export function forwardSubscription(request: SubscriptionOperation) {
  return {
    subscribe(sink: Sink) {
      let last: string | undefined
      const payload = {
        query: request.query ?? '',
        ...(request.operationName ? { operationName: request.operationName } : {}),
        get variables() {
          return last === undefined ? request.variables : { ...request.variables, after: last }
        },
      }
      const unsubscribe = socket.subscribe(payload, {
        next: message => {
          const cursor = cursorOf(message.data)
          if (cursor !== undefined) {
            last = cursor
            countCatchUp()
          }
          sink.next(message as ExecutionResult)
        },
        error: error => {
          sink.error(error)
        },
        complete: () => {
          sink.complete()
        },
      })
      return { unsubscribe }
    },
  }
}
