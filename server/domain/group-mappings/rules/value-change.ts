// How many people carry a value: what one change of a person adds and takes.
import { matchKeys } from './match-key.ts'

export interface ValueChange {
  /** The compared form. */
  readonly value: string
  /** People who carry it now and did not before; negative when they no longer do. */
  readonly people: number
}

/** The difference between the values, as received, of one person. Deleted people carry none. */
export function valueChanges(before: readonly string[], after: readonly string[]): ValueChange[] {
  const [had, has] = [matchKeys(before), matchKeys(after)]
  const lost = had.filter(value => !has.includes(value)).map(value => ({ value, people: -1 }))
  const won = has.filter(value => !had.includes(value)).map(value => ({ value, people: 1 }))
  return [...lost, ...won]
}

/** Changes of many people as one for each value, in the order in which the rows are locked. */
export function summedChanges(changes: readonly ValueChange[]): ValueChange[] {
  const sums = new Map<string, number>()
  for (const { value, people } of changes) sums.set(value, (sums.get(value) ?? 0) + people)
  const told = [...sums].map(([value, people]) => ({ value, people })).filter(({ people }) => people !== 0)
  return told.sort((one, other) => (one.value < other.value ? -1 : 1))
}
