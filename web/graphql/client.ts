// The GraphQL client without a cache, for windowed lists, logs, commands and live lines; pages that read come with one more.
import {
  Client,
  fetchExchange,
  mapExchange,
  subscriptionExchange,
  type CombinedError,
  type Exchange,
  type SubscriptionOperation,
} from '@urql/core'
import type { InjectionKey } from 'vue'
import { inject } from 'vue'
import { isSignedOut } from './problem.ts'
import type { Sink } from './socket.ts'

let leaving = false
/** What was to be asked since. */
const held: (() => void)[] = []

/** For whoever signs out: from here on nothing is asked any more, which could only be answered that they are out. */
export function stopAsking(): void {
  leaving = true
}

/** For whoever stays after all: what was held back is asked now. */
export function askAgain(): void {
  leaving = false
  for (const ask of held.splice(0)) ask()
}

const transport = {
  url: '/graphql',
  preferGetMethod: false as const,
  fetch: (input: RequestInfo | URL, init?: RequestInit): Promise<Response> =>
    leaving
      ? new Promise((resolve, reject) => {
          held.push(() => {
            fetch(input, init).then(resolve, reject)
          })
        })
      : fetch(input, init),
  fetchOptions: { credentials: 'same-origin' as const, headers: { 'x-rollcall': '1' } },
}

/** The socket comes with the first stream; the pages before the sign-in have none. */
function forwardSubscription(request: SubscriptionOperation) {
  return {
    subscribe(sink: Sink) {
      let stop: (() => void) | undefined
      let wanted = true
      void import('./socket.ts').then(socket => {
        if (wanted) stop = socket.forwardSubscription(request).subscribe(sink).unsubscribe
      })
      return {
        unsubscribe: () => {
          wanted = false
          stop?.()
        },
      }
    },
  }
}

const streams = subscriptionExchange({ forwardSubscription })

/**
 * Builds a client; `between` are exchanges between it and the network. `onSignedOut` runs when an answer says
 * that the session is over.
 */
export function createClient(onSignedOut: () => void, between: Exchange[] = []): Client {
  const watchSession = mapExchange({
    onError(error: CombinedError) {
      if (!leaving && isSignedOut(error)) onSignedOut()
    },
  })
  return new Client({
    ...transport,
    requestPolicy: between.length > 0 ? 'cache-and-network' : 'network-only',
    exchanges: [watchSession, ...between, fetchExchange, streams],
  })
}

/** Under this key the application provides the client without a cache. */
export const plainClientKey: InjectionKey<Client> = Symbol('plain client')

/** The client without a cache: for windowed lists, logs and live lines. */
export function usePlainClient(): Client {
  const client = inject(plainClientKey)
  if (!client) throw new Error('No plain client was provided')
  return client
}
