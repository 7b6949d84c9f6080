// A clock that stands still until a test moves it; its ids grow in the order they are asked for.
import { v7 } from 'uuid'
import type { Clock } from '#server/domain/context.ts'

export interface FakeClock extends Clock {
  /** Moves on by milliseconds. */
  readonly advance: (milliseconds: number) => void
}

export const second = 1_000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Starts at the given moment, the present without one. */
export function fakeClock(start: Date = new Date()): FakeClock {
  let time = start.getTime()
  let made = 0
  return {
    now: () => new Date(time),
    newId: () => v7({ msecs: time, seq: made++ }),
    advance: milliseconds => {
      time += milliseconds
    },
  }
}
