// How long work will go on, from how fast it went so far.

interface Progress {
  done: number
  total: number
  /** RFC 3339; null while it waits. */
  startedAt: string | null
}

/** Whole seconds left; null before there is anything to tell from. `now` is in milliseconds since 1970. */
export function secondsLeft({ done, total, startedAt }: Progress, now: number): number | null {
  if (startedAt === null || done <= 0 || total <= done) return null
  const spent = now - Date.parse(startedAt)
  if (spent < 1000) return null
  return Math.ceil(((spent / done) * (total - done)) / 1000)
}
