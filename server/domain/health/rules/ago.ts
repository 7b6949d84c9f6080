// Lengths of time in plain words.

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

/** For example `42 s`, `5 min`, `7 h`, `9 days`; never less than `1 s`. */
export function spanOf(milliseconds: number): string {
  if (milliseconds < minute) return `${String(Math.max(1, Math.floor(milliseconds / second)))} s`
  if (milliseconds < hour) return `${String(Math.floor(milliseconds / minute))} min`
  if (milliseconds < 2 * day) return `${String(Math.floor(milliseconds / hour))} h`
  return `${String(Math.floor(milliseconds / day))} days`
}

/** `3 days`, `1 day`, `less than a day`. */
export function daysInWords(days: number): string {
  if (days < 1) return 'less than a day'
  return days === 1 ? '1 day' : `${String(days)} days`
}
