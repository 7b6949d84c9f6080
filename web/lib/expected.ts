// What the server is expected to grant: shown before it answers, and visibly taken back when it does not.
import { shallowReactive, toRaw } from 'vue'

/** Under way: sent, not answered. Granted: until it is read again. Refused: for the moment in which that is seen. */
export type Standing = 'underway' | 'granted' | 'refused'

interface Expectation {
  readonly standing: Standing
  readonly changes: object
  /** As it was before, however often it was shown so: what is read after the grant is believed again. */
  readonly before: WeakSet<object>
}

/** Milliseconds for which a refusal is seen, and for which a grant may wait until it is read again. */
const lasts = { refused: 4000, granted: 10_000 } as const
const all = shallowReactive(new Map<string, Expectation>())

/** The row as it will be if the server grants what is under way about `key`. To be asked while rendering. */
export function asExpected<Row extends object>(row: Row, key: string): Row & { gone?: boolean } {
  const expectation = all.get(key)
  if (!expectation || expectation.standing === 'refused') return row
  const raw = toRaw(row)
  if (expectation.standing === 'underway') expectation.before.add(raw)
  else if (!expectation.before.has(raw)) return row
  return { ...row, ...expectation.changes }
}

/** How the last thing done about `key` stands; undefined when nothing waits to be seen. */
export function standingOf(key: string): Standing | undefined {
  return all.get(key)?.standing
}

/** True from sending to the answer. */
export function isUnderWay(key: string): boolean {
  return standingOf(key) === 'underway'
}

/** How a row looks whose change is under way, or was taken back: the latter stands out without moving. */
export function lookOf(key: string): string {
  const standing = standingOf(key)
  if (standing === 'underway') return 'opacity-60'
  return standing === 'refused' ? 'bg-warning/15 outline outline-warning/60 -outline-offset-1' : ''
}

/** From here on `changes` show; the answer is said once, by the function that comes back. `gone` takes a row away. */
export function expectGrant(key: string, changes: object): (granted: boolean) => void {
  const before = new WeakSet()
  all.set(key, { standing: 'underway', changes, before })
  return granted => {
    const answered = { standing: granted ? 'granted' : 'refused', changes, before } as const
    all.set(key, answered)
    setTimeout(() => {
      if (all.get(key) === answered) all.delete(key)
    }, lasts[answered.standing])
  }
}
