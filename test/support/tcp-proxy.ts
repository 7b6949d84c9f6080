// A network between client and server that can be broken on purpose, to see what a lost database looks like.
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** What the network does to everything that passes. */
export type Weather =
  /** Passes everything on. */
  | 'fair'
  /** Swallows everything, both ways. */
  | 'silent'
  /** Passes requests on and swallows answers. */
  | 'no-answers'

export interface TcpProxy {
  readonly port: number
  weather: Weather
  /** Resets all connections and answers how many there were. */
  reset(): number
  /** Refuses new connections (and resets those there are) until `accept`. */
  refuse(): Promise<void>
  accept(): Promise<void>
  /** Called with each request that is passed on. */
  onRequest: (bytes: Buffer) => void
  /** Called with each answer of the server, passed on or not. */
  onAnswer: (bytes: Buffer) => void
  close(): Promise<void>
}

/** Listens on a free local port and connects each caller with `port` on `host`. */
export async function tcpProxy(host: string, port: number): Promise<TcpProxy> {
  const pairs = new Set<readonly [Socket, Socket]>()
  const server = createServer(caller => {
    const target = connect(port, host)
    const pair = [caller, target] as const
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      for (const socket of pair) socket.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
    caller.on('data', bytes => {
      if (proxy.weather === 'silent') return
      target.write(bytes)
      proxy.onRequest(bytes)
    })
    target.on('data', bytes => {
      if (proxy.weather === 'fair') caller.write(bytes)
      proxy.onAnswer(bytes)
    })
  })
  const listen = (at: number): Promise<void> =>
    new Promise(resolve =>
      server.listen(at, '127.0.0.1', () => {
        resolve()
      }),
    )
  const stop = (): Promise<void> =>
    new Promise(resolve =>
      server.close(() => {
        resolve()
      }),
    )
  const reset = (): number => {
    const count = pairs.size
    for (const [caller] of pairs) caller.resetAndDestroy()
    return count
  }
  await listen(0)
  const proxy: TcpProxy = {
    port: (server.address() as AddressInfo).port,
    weather: 'fair',
    onRequest: () => undefined,
    onAnswer: () => undefined,
    reset,
    async refuse() {
      const stopped = stop()
      reset()
      await stopped
    },
    accept: () => listen(proxy.port),
    async close() {
      const stopped = stop()
      reset()
      await stopped
    },
  }
  return proxy
}
