// When things happen in the demonstration's year: working days, office hours, hardly anything at night.
import type { Dice } from './demo-dice.ts'

export const day = 86_400_000

export interface DemoYear {
  readonly from: Date
  /** The last moment that has happened. */
  readonly until: Date
}

/** Requests an hour of a day, in proportion; two peaks with a lunch between them. */
const hours = [1, 1, 1, 1, 1, 2, 4, 9, 16, 19, 17, 13, 9, 13, 16, 14, 11, 8, 5, 3, 2, 2, 1, 1]

/** A moment of the year with the rhythm of an office; weekends are quiet. */
export function officeMoment(dice: Dice, between: { from: Date; until: Date }): Date {
  for (;;) {
    const at = new Date(
      between.from.getTime() + dice.share() * (between.until.getTime() - between.from.getTime()),
    )
    const weekend = at.getUTCDay() === 0 || at.getUTCDay() === 6
    if (weekend && !dice.chance(0.12)) continue
    const moment = onDay(dice, at)
    if (moment >= between.from && moment <= between.until) return moment
    if (between.until.getTime() - between.from.getTime() < day) return at
  }
}

function onDay(dice: Dice, at: Date): Date {
  const midnight = Math.floor(at.getTime() / day) * day
  return new Date(midnight + dice.weighted(hours) * 3_600_000 + dice.between(0, 3_599_999))
}
