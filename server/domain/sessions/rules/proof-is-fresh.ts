// How long it counts that someone has proven who they are.

/** How long a proof is good for, in milliseconds. */
export const proofLife = 5 * 60_000

export function proofIsFresh(provenAt: Date, now: Date): boolean {
  return now.getTime() - provenAt.getTime() <= proofLife
}
