// After how long without a call an identity provider is silent: longer than it ever usually is, and never by guess.

/** How somebody called in the four weeks before the last call. */
export interface Rhythm {
  /** Days (UTC) with calls. */
  readonly days: number
  /** The longest time between two hours with calls, in milliseconds. */
  readonly longestGap: number
}

const day = 86_400_000

/** Entra ID looks every 40 minutes; the others call only when something changes. */
const leastOf: Readonly<Record<string, number>> = { entra: day }
const least = 7 * day
/** Nobody is given longer than this, and whoever has no rhythm yet is given all of it. */
const most = 28 * day
const knownFrom = 3

/** Milliseconds: twice the longest usual gap, at least a day (Entra ID) or a week, at most four weeks. */
export function silentAfter(identityProvider: string | null, { days, longestGap }: Rhythm): number {
  if (days < knownFrom) return most
  return Math.min(most, Math.max(leastOf[identityProvider ?? ''] ?? least, 2 * longestGap))
}
