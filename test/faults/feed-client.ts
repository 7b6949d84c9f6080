// A reader of the live feed as the console is one: resumes at its last cursor, whatever happens to its socket.
import { createClient, type Client } from 'graphql-ws'
import { WebSocket } from 'ws'
import { graphqlClient } from './graphql-client.ts'

/** What the reader kept of one event. */
export interface Kept {
  readonly sequence: number
  readonly type: string
  readonly sentence: string
  /** When it arrived, in milliseconds of `performance.now`. */
  readonly at: number
}

export interface Feed {
  readonly kept: readonly Kept[]
  /** Resolves with the events so far as soon as `enough` says so. */
  readonly until: (enough: (kept: readonly Kept[]) => boolean) => Promise<void>
  /** Cuts the socket without a word, as a lost network does. */
  readonly cut: () => void
  /** How often a socket was opened. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

interface Message {
  readonly provisioningEvents: {
    readonly cursor: string
    readonly event: { readonly sequence: string; readonly type: string; readonly sentence: string }
  }
}

const document = `subscription Feed($after: String) {
  provisioningEvents(after: $after) { cursor event { sequence type sentence } }
}`

async function headOf(url: string, apiKey: string): Promise<string> {
  const { organization } = await graphqlClient(
    url,
    apiKey,
  )<{
    organization: { provisioningEvents: { headCursor: string } }
  }>('{ organization { provisioningEvents(first: 1) { headCursor } } }')
  return organization.provisioningEvents.headCursor
}

/**
 * Follows the provisioning events of the key's organization from now on, even if the stream comes to stand later.
 * `urls` are tried one after the other at each new connection.
 */
export async function followFeed(urls: readonly string[], apiKey: string): Promise<Feed> {
  const kept: Kept[] = []
  const waiting = new Set<() => void>()
  let connections = 0
  let last = await headOf(urls[0] ?? '', apiKey)
  let socket: WebSocket | undefined
  const failures: unknown[] = []
  const client: Client = createClient({
    url: () => `${(urls[connections % urls.length] ?? '').replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    lazy: false,
    connectionParams: { authorization: `Bearer ${apiKey}` },
    retryAttempts: 1_000,
    retryWait: () => new Promise(resolve => setImmediate(resolve)),
    shouldRetry: () => true,
    onNonLazyError: error => failures.push(error),
    on: {
      opened: opened => {
        connections += 1
        socket = opened as WebSocket
      },
    },
  })
  const stop = client.subscribe<Message>(
    {
      query: document,
      // Written anew at each try, so that a new connection goes on where the old one ended.
      get variables() {
        return { after: last }
      },
    },
    {
      next: ({ data, errors }) => {
        if (errors) failures.push(errors)
        if (!data) return
        const { cursor, event } = data.provisioningEvents
        last = cursor
        kept.push({ ...event, sequence: Number(event.sequence), at: performance.now() })
        for (const look of waiting) look()
      },
      error: error => {
        failures.push(error)
        for (const look of waiting) look()
      },
      complete: () => undefined,
    },
  )
  await new Promise<void>(resolve => {
    const stopListening = client.on('connected', () => {
      stopListening()
      resolve()
    })
  })
  return {
    kept,
    until: enough =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (failures.length === 0 && !enough(kept)) return
          waiting.delete(look)
          if (failures.length === 0) resolve()
          else reject(new Error(`The feed failed: ${JSON.stringify(failures)}`))
        }
        waiting.add(look)
        look()
      }),
    cut: () => socket?.terminate(),
    connections: () => connections,
    close: async () => {
      stop()
      await client.dispose()
    },
  }
}
