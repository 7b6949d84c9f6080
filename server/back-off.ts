// Pauses between attempts that fail: each is twice the one before, up to a limit, and a success starts anew.

export interface BackOff {
  /** The pause after one more failure, in milliseconds. */
  readonly next: () => number
  /** To be called after a success. */
  readonly reset: () => void
}

/** `first` and `most` are the shortest and the longest pause, in milliseconds. */
export function backOff({ first, most }: { first: number; most: number }): BackOff {
  let pause = first
  return {
    next: () => {
      const now = pause
      pause = Math.min(pause * 2, most)
      return now
    },
    reset: () => {
      pause = first
    },
  }
}
