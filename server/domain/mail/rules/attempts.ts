// When a mail is tried again, and when it is given up.

const minute = 60_000
const hour = 60 * minute

/** Milliseconds from a mail's first time until it is given up. */
export const patience = 72 * hour

/** What came of handing a mail to the mail server. */
export type Outcome =
  | { readonly kind: 'sent' }
  /** Nobody could be sent anything: the server cannot be reached, or refuses us. */
  | { readonly kind: 'unreachable'; readonly reason: string }
  /** Not now. */
  | { readonly kind: 'deferred'; readonly reason: string }
  /** Never to this address. */
  | { readonly kind: 'refused'; readonly reason: string }

/** Milliseconds until the next attempt after `attempts` of them: 1, 2, 4 … minutes, an hour at most. */
export function pauseAfter(attempts: number): number {
  return Math.min(minute * 2 ** Math.min(Math.max(attempts - 1, 0), 10), hour)
}
