// How many people a step of a job moves: as many as take about forty milliseconds, for nobody shall wait longer.

const aim = 40
const bounds = { least: 10, most: 400, first: 50 } as const

export interface StepSize {
  readonly people: number
  /** Tells how long a step of so many people took, in milliseconds. */
  readonly took: (milliseconds: number, people: number) => void
}

const sizes = new Map<string, number>()

/** The size that has proved right for a job in this process so far. */
export function stepSize(jobId: string): StepSize {
  const people = sizes.get(jobId) ?? bounds.first
  return {
    people,
    took: (milliseconds, moved) => {
      if (moved === 0) return
      if (sizes.size >= 100) sizes.clear()
      sizes.set(jobId, nextSize(people, milliseconds * (people / moved)))
    },
  }
}

/** Half way to what would have taken the time aimed at, and at most twice as many as before. */
export function nextSize(people: number, milliseconds: number): number {
  const fitting = Math.min(people * 2, (people * aim) / Math.max(milliseconds, 1))
  return Math.round(Math.min(bounds.most, Math.max(bounds.least, (people + fitting) / 2)))
}
