// When something that ends is spoken of, and what has to be said, said again or taken back.

export type SubjectKind = 'scim-token' | 'oauth-secret' | 'certificate' | 'api-key'

/** Days before the end; 0 is the end itself. */
export const thresholds = [30, 14, 7, 3, 1, 0] as const
export type Threshold = (typeof thresholds)[number]

const day = 86_400_000
/** A server that begins to look later than this after an end says nothing of it any more: milliseconds. */
const toldLate = 30 * day

/** From which moments on subjects are looked at: those that ended earlier are history. */
export function spanOf(now: Date): { from: Date; to: Date } {
  return { from: new Date(now.getTime() - 90 * day), to: new Date(now.getTime() + 30 * day) }
}

/** Something that ends and whose end should be prevented. */
export interface Subject {
  readonly kind: SubjectKind
  readonly id: string
  readonly name: string
  /** A step that lay before this moment is not told. */
  readonly createdAt: Date
  readonly expiresAt: Date
  /** The only one who is told; null for the owner and all admins. */
  readonly audienceId: string | null
}

/** The newest step that has come, whatever came before it; null while there is nothing to tell. */
export function thresholdOf({ createdAt, expiresAt }: Subject, now: Date): Threshold | null {
  const left = expiresAt.getTime() - now.getTime()
  if (left < -toldLate) return null
  const come = thresholds.filter(days => left <= days * day)
  const step = come.at(-1)
  if (step === undefined) return null
  return expiresAt.getTime() - step * day > createdAt.getTime() ? step : null
}

/** What was told of a subject last. */
export interface Told {
  readonly id: string
  readonly subjectKind: SubjectKind
  readonly subjectId: string
  readonly threshold: number
  readonly resolvedAt: Date | null
}

export interface NoticePlan {
  readonly tell: readonly { readonly subject: Subject; readonly threshold: Threshold }[]
  /** Ids of notices that hold again: what they tell of was put out of use and is back. */
  readonly reopen: readonly string[]
  /** Ids of notices with nothing left to do. */
  readonly settle: readonly string[]
}

/** `told` holds the latest notice of each subject, at least of those that are open. */
export function planNotices(subjects: readonly Subject[], told: readonly Told[], now: Date): NoticePlan {
  const latest = new Map(told.map(notice => [keyOf(notice.subjectKind, notice.subjectId), notice]))
  const present = new Set(subjects.map(subject => keyOf(subject.kind, subject.id)))
  const steps = subjects.map(subject => ({
    subject,
    threshold: thresholdOf(subject, now),
    before: latest.get(keyOf(subject.kind, subject.id)),
  }))
  return {
    tell: steps.flatMap(({ subject, threshold, before }) => {
      const news = threshold !== null && (before === undefined || before.threshold > threshold)
      return news ? [{ subject, threshold }] : []
    }),
    reopen: steps.flatMap(({ threshold, before }) => {
      const again = before !== undefined && before.resolvedAt !== null && before.threshold === threshold
      return again ? [before.id] : []
    }),
    settle: told
      .filter(notice => notice.resolvedAt === null)
      .filter(notice => !present.has(keyOf(notice.subjectKind, notice.subjectId)))
      .map(notice => notice.id),
  }
}

function keyOf(kind: SubjectKind, id: string): string {
  return `${kind} ${id}`
}
