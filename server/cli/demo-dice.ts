// Seeded chance for the demonstration, so that two installations show the same company.

export interface Dice {
  /** 0 <= number < 1. */
  readonly share: () => number
  /** A whole number from `least` to `most`, both included. */
  readonly between: (least: number, most: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  /** An index of `weights`, each as likely as its weight. */
  readonly weighted: (weights: readonly number[]) => number
}

/** The same seed throws the same dice (mulberry32). */
export function makeDice(seed: number): Dice {
  let state = seed >>> 0
  const share = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (least: number, most: number): number => least + Math.floor(share() * (most - least + 1))
  const pick = <T>(list: readonly T[]): T => {
    const found = list[between(0, list.length - 1)]
    if (found === undefined) throw new Error('There is nothing to pick from.')
    return found
  }
  return {
    share,
    between,
    pick,
    chance: probability => share() < probability,
    weighted: weights => draw(weights, share()),
  }
}

function draw(weights: readonly number[], share: number): number {
  let rest = share * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    rest -= weight
    if (rest < 0) return index
  }
  return weights.length - 1
}
