// Work that takes longer than a request, as the rules see it.

export const jobKinds = ['apply-mapping', 'undo-change-set', 'derive-values', 'assign-managed-event'] as const
export type JobKind = (typeof jobKinds)[number]

export const jobStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

/** Numbers that a job adds up while it goes on, e.g. `{ joined: 12 }`. */
export type JobResult = Readonly<Record<string, number>>

/** A job in the hands of whoever works on it. */
export interface HeldJob {
  readonly id: string
  readonly kind: JobKind
  readonly payload: Readonly<Record<string, string>>
  /** How far it has come; empty at first. */
  readonly place: Readonly<Record<string, string>>
  readonly done: number
  readonly total: number
  readonly result: JobResult
  readonly leaseId: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly actorName: string
}

/** What one step has achieved. */
export interface StepTaken {
  readonly place: Readonly<Record<string, string>>
  /** People or entries dealt with by this step. */
  readonly done: number
  /** Added to the result. */
  readonly result: JobResult
  /** Nothing is left to do. */
  readonly finished: boolean
}

/** The same numbers, added up. */
export function addResults(one: JobResult, other: JobResult): JobResult {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return Object.fromEntries([...names].map(name => [name, (one[name] ?? 0) + (other[name] ?? 0)]))
}

/** Values of two attributes beside each other would be counted and mapped as if they were one; so that work is done whole. */
export function mayStop(kind: JobKind): boolean {
  return kind !== 'derive-values'
}

/** True once nothing changes about it any more. */
export function isOver(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled'
}
