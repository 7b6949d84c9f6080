// Streams that end at once when nobody listens any more.

/** An iterator over `feed`; ending it aborts the signal, so that a feed that waits for news stops waiting. */
export function endable<Item>(
  feed: (signal: AbortSignal) => AsyncGenerator<Item, void, undefined>,
): AsyncIterableIterator<Item, void, undefined> {
  const end = new AbortController()
  const items = feed(end.signal)
  const iterator: AsyncIterableIterator<Item, void, undefined> = {
    next: () => items.next(),
    return: () => {
      end.abort()
      return items.return()
    },
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** Resolves after a while, or when the signal aborts. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
    if (signal.aborted) done()
  })
}
