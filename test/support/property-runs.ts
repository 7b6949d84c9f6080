// How often random tests try, and from which seed: the same in every run, unless the environment asks for others.

/** Other cases: PROPERTY_SEED=7. More of them: PROPERTY_RUNS=20 tries twenty times as often. */
const seed = Number(process.env['PROPERTY_SEED'] ?? 20_261_122)
const times = Number(process.env['PROPERTY_RUNS'] ?? 1)

/** For `fc.assert`, which prints the seed and the path to the smallest case that fails. */
export function seeded(numRuns: number): { readonly seed: number; readonly numRuns: number } {
  return { seed, numRuns: numRuns * times }
}

/** How long such a test may take, in milliseconds. */
export const patience = 60_000 * times
