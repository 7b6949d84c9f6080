// How long a new token lives: a fixed lifetime or a date.

export const lifetimes = ['DAYS_30', 'DAYS_90', 'DAYS_180', 'YEAR_1', 'NEVER'] as const
export type Lifetime = (typeof lifetimes)[number]
/** A lifetime, or DATE for a day of one's own choice. */
export type ExpiryChoice = Lifetime | 'DATE'

/**
 * The part of the mutation's input that says when the token ends. A chosen day (YYYY-MM-DD) ends with it,
 * in the reader's zone. Null when the day is missing, unreadable or not after `now` (milliseconds since 1970).
 */
export function expiryInput(choice: ExpiryChoice, day: string, now: number) {
  if (choice !== 'DATE') return { expiresIn: choice }
  const end = new Date(`${day}T23:59:59`)
  if (Number.isNaN(end.getTime()) || end.getTime() <= now) return null
  return { expiresAt: end.toISOString() }
}
