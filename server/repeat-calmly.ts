// Does something again and again, one at a time, and less often while it fails.
import { backOff } from './back-off.ts'

export interface Calm {
  /** The pause after each time, in milliseconds. */
  readonly every: number
  /** The longest pause while it fails. */
  readonly most: number
  readonly onFailure: (error: unknown) => void
}

/** Begins after the first pause; the answer stops it and waits for what is under way. */
export function repeatCalmly(work: () => Promise<void>, calm: Calm): () => Promise<void> {
  const pause = backOff({ first: calm.every, most: calm.most })
  let stopped = false
  let running = Promise.resolve()
  const once = async (): Promise<number> => {
    try {
      await work()
      pause.reset()
      return calm.every
    } catch (error) {
      calm.onFailure(error)
      return pause.next()
    }
  }
  const after = (milliseconds: number): NodeJS.Timeout =>
    setTimeout(() => {
      running = once().then(next => {
        if (!stopped) timer = after(next)
      })
    }, milliseconds)
  let timer = after(calm.every)
  return async () => {
    stopped = true
    clearTimeout(timer)
    await running
  }
}
