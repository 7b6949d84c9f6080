// What lasts rather than ends, such as full seats or a silent identity provider, and what has to be said or taken back.

export const conditionKinds = ['seats-low', 'seats-full', 'silence'] as const
export type ConditionKind = (typeof conditionKinds)[number]

const day = 86_400_000
/** What comes back sooner than this is the same notice again, without another mail: milliseconds. */
const sameWithin = 7 * day
/** From this share on seats are spoken of. */
const lowFrom = 0.9

/** Something that holds now. */
export interface Condition {
  readonly kind: ConditionKind
  /** What tells this time from others; null when only time does. */
  readonly id: string | null
  /** The number of seats, or who is silent. */
  readonly name: string
  /** Since when: the last call of whoever is silent. */
  readonly beganAt: Date
}

/** The latest notice of a kind. */
export interface ToldCondition {
  readonly id: string
  readonly kind: ConditionKind
  readonly subjectId: string
  readonly resolvedAt: Date | null
}

export interface ConditionPlan {
  readonly tell: readonly { readonly condition: Condition; readonly subjectId: string }[]
  readonly reopen: readonly string[]
  readonly settle: readonly string[]
}

/** Seats that run out, or none are left. Without a limit there is nothing to say. */
export function seatCondition(seats: { used: number; limit: number | null }, now: Date): Condition[] {
  const { used, limit } = seats
  if (limit === null || used < limit * lowFrom) return []
  const kind = used >= limit ? 'seats-full' : 'seats-low'
  return [{ kind, id: null, name: String(limit), beganAt: now }]
}

/** `told` holds the latest notice of each kind. Whoever plans the same twice tells it under the same id. */
export function planConditions(
  conditions: readonly Condition[],
  told: readonly ToldCondition[],
  now: Date,
): ConditionPlan {
  const latest = new Map(told.map(notice => [notice.kind, notice]))
  const steps = conditions.map(condition => {
    const before = latest.get(condition.kind)
    const subjectId = condition.id ?? episodeOf(before, now)
    return { condition, subjectId, before: before?.subjectId === subjectId ? before : undefined }
  })
  const holding = new Set(steps.flatMap(({ before }) => (before === undefined ? [] : [before.id])))
  return {
    tell: steps.filter(({ before }) => before === undefined),
    reopen: steps.flatMap(({ before }) =>
      before !== undefined && before.resolvedAt !== null ? [before.id] : [],
    ),
    settle: told.filter(({ id, resolvedAt }) => resolvedAt === null && !holding.has(id)).map(({ id }) => id),
  }
}

/** The same as before, or named after the one it follows. */
function episodeOf(before: ToldCondition | undefined, now: Date): string {
  if (before === undefined) return 'first'
  const { resolvedAt } = before
  const isSame = resolvedAt === null || now.getTime() - resolvedAt.getTime() < sameWithin
  return isSame ? before.subjectId : `after ${before.id}`
}
