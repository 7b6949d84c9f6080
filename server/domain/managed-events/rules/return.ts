// For how long a copy waits for its holder to come back.

/** Days for which a copy that was taken away is kept, with what its holder had edited. */
export const keptForDays = 30

/** Copies taken away after this moment are given back as they were. */
export function keptSince(now: Date): Date {
  return new Date(now.getTime() - keptForDays * 86_400_000)
}
