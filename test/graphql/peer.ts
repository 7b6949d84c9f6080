// Speaks graphql-transport-ws on a bare socket, as a client may that keeps to no library.
import { WebSocket } from 'ws'

/** A bare socket: what it hears and how it ends. */
export class Peer {
  readonly socket: WebSocket
  readonly closed: Promise<number>
  readonly #heard: Record<string, unknown>[] = []
  #wake: () => void = () => undefined

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, 'graphql-transport-ws', { headers })
    this.socket.on('message', data => {
      this.#heard.push(JSON.parse((data as Buffer).toString()) as Record<string, unknown>)
      this.#wake()
    })
    this.closed = new Promise(resolve => {
      this.socket.on('close', resolve)
      this.socket.on('unexpected-response', (_request, response) => {
        resolve(response.statusCode ?? 0)
      })
      this.socket.on('error', () => undefined)
    })
  }

  async open(payload?: object): Promise<this> {
    await new Promise(resolve => {
      this.socket.once('open', resolve)
    })
    this.say({ type: 'connection_init', ...(payload === undefined ? {} : { payload }) })
    return this
  }

  say(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  subscribe(id: string, query: string, variables: object = {}): void {
    this.say({ type: 'subscribe', id, payload: { query, variables } })
  }

  /** The next message of a type, in order. */
  async hear(type: string): Promise<Record<string, unknown>> {
    for (;;) {
      const at = this.#heard.findIndex(message => message['type'] === type)
      if (at >= 0) return this.#heard.splice(at, 1)[0]!
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }
}
