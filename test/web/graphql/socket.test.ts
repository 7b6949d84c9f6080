// The one WebSocket while nobody answers: how long it waits, and what ends the wait.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

/** A line that nobody takes up: refused at once, or without any word. */
class DeadLine extends EventTarget {
  static readonly opened = vi.fn()
  static refused = true
  readonly readyState = 3
  onclose?: (event: CloseEvent) => void
  onerror?: (event: Event) => void
  constructor() {
    super()
    DeadLine.opened()
    if (DeadLine.refused) queueMicrotask(() => this.onclose?.(new CloseEvent('close', { code: 1006 })))
  }
  close() {
    return undefined
  }
}

/** A line that is taken up, until the server closes it. */
class LiveLine extends EventTarget {
  static last: LiveLine | undefined
  readonly readyState = 1
  onopen?: () => void
  onmessage?: (event: MessageEvent) => void
  onclose?: (event: CloseEvent) => void
  constructor() {
    super()
    LiveLine.last = this
    queueMicrotask(() => this.onopen?.())
  }
  send(text: string) {
    if (text.includes('connection_init'))
      queueMicrotask(() =>
        this.onmessage?.(new MessageEvent('message', { data: '{"type":"connection_ack"}' })),
      )
  }
  close() {
    return undefined
  }
}

beforeEach(() => {
  vi.resetModules()
  DeadLine.opened.mockClear()
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', DeadLine)
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function listen(): Promise<() => void> {
  const { forwardSubscription } = await import('#web/graphql/socket.ts')
  const deaf = { next: () => undefined, error: () => undefined, complete: () => undefined }
  const { unsubscribe } = forwardSubscription({ query: 'subscription { a }', key: 1 } as never).subscribe(
    deaf,
  )
  await vi.advanceTimersByTimeAsync(0)
  return unsubscribe
}

test('whoever is told that the network is back does not wait for the next try', async () => {
  DeadLine.refused = true
  const unsubscribe = await listen()
  for (const wait of [500, 1000, 2000, 4000]) await vi.advanceTimersByTimeAsync(wait)
  expect(DeadLine.opened).toHaveBeenCalledTimes(5)
  await vi.advanceTimersByTimeAsync(1)
  expect(DeadLine.opened).toHaveBeenCalledTimes(5)
  dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(DeadLine.opened).toHaveBeenCalledTimes(6)
  unsubscribe()
})

test('where packets vanish a try is given up after ten seconds, for the next one', async () => {
  DeadLine.refused = false
  const unsubscribe = await listen()
  expect(DeadLine.opened).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(9_999)
  expect(DeadLine.opened).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(501)
  expect(DeadLine.opened).toHaveBeenCalledTimes(2)
  unsubscribe()
})

test.each([
  [4403, 'Signed out', { ended: 1, changes: 0 }],
  [4403, 'Signed out by themselves', { ended: 0, changes: 0 }],
  [1012, 'Rights changed', { ended: 0, changes: 1 }],
  [1012, 'Rollcall restarts', { ended: 0, changes: 0 }],
])('a line closed with %i "%s" is heard by the whole console', async (code, reason, heard) => {
  vi.stubGlobal('WebSocket', LiveLine)
  const { createClient, stopAsking } = await import('#web/graphql/client.ts')
  const { changes } = await import('#web/graphql/changes.ts')
  await import('#web/graphql/socket.ts')
  const onSignedOut = vi.fn()
  const listening = createClient(onSignedOut)
    .subscription('subscription { a }', {})
    .subscribe(() => undefined)
  await vi.advanceTimersByTimeAsync(10)
  if (reason.endsWith('themselves')) stopAsking()
  LiveLine.last?.onclose?.(new CloseEvent('close', { code, reason }))
  await vi.advanceTimersByTimeAsync(10)
  expect({ ended: onSignedOut.mock.calls.length, changes: changes.value }).toEqual(heard)
  listening.unsubscribe()
})
