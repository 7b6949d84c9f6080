// The one WebSocket: it reconnects by itself, notices half-open lines and resumes each stream at its last cursor.
import type { ExecutionResult, SubscriptionOperation } from '@urql/core'
import { createClient, type Client } from 'graphql-ws'
import { noteChange } from './changes.ts'
import { reportLink } from './link-state.ts'

const signedOut = new Set([4401, 4403])
const stale = 20_000
/** Milliseconds in which the first missed message comes after a reconnect, and those after it one after the other. */
const firstReplay = 1500
const nextReplay = 250

let lastHeard = 0
let everLive = false
let wordTimer: ReturnType<typeof setTimeout> | undefined
let caughtUp = 0
/** Until when what arrives counts as caught up. */
let catchingUntil = 0
/** Ends the wait before the next try, if there is one. */
let hurry: () => void = () => undefined

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
  await new Promise<void>(resolve => {
    hurry = resolve
    setTimeout(resolve, delay)
  })
}

const address = () => `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`

function heard() {
  lastHeard = Date.now()
  clearTimeout(wordTimer)
}

/** Gives the line up unless something is heard in time. */
function expectWord(within: number) {
  clearTimeout(wordTimer)
  wordTimer = setTimeout(() => {
    socket.terminate()
  }, within)
}

function connected() {
  heard()
  reportLink({ kind: 'live' })
  if (everLive) catchingUntil = Date.now() + firstReplay
  everLive = true
  caughtUp = 0
}

function closed(event: unknown) {
  const code = event instanceof CloseEvent ? event.code : 1006
  clearTimeout(wordTimer)
  if (signedOut.has(code)) reportLink({ kind: 'signed-out' })
  else if (code === 1000) reportLink({ kind: 'idle' })
  // With other rights there is more to see, or less; a server that restarts says so under the same number.
  if (event instanceof CloseEvent && code === 1012 && event.reason === 'Rights changed') noteChange()
}

/** The end of a session as any other answer tells it. */
const ended = [{ message: 'Signed out', extensions: { code: 'UNAUTHENTICATED' } }]

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
      // Where packets vanish, a browser waits for minutes.
      expectWord(10_000)
    },
    connected,
    closed,
    message: heard,
    ping: received => {
      if (!received) expectWord(5000)
    },
    pong: heard,
  },
})

/** Whoever is back from sleep, or from where there is no network, waits neither for a dead line nor for the next try. */
function wakeUp() {
  if (document.visibilityState !== 'visible') return
  if (lastHeard > 0 && Date.now() - lastHeard > stale) socket.terminate()
  hurry()
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
  const now = Date.now()
  if (now > catchingUntil) return
  catchingUntil = Math.max(catchingUntil, now + nextReplay)
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
          sink.error(mayRetry(error) ? error : ended)
        },
        complete: () => {
          sink.complete()
        },
      })
      return { unsubscribe }
    },
  }
}
