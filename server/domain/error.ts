// Expected failures of the domain: one class, a closed set of kinds, a searchable code and a sentence for people.

export type DomainErrorKind =
  | 'not-found'
  | 'conflict'
  | 'forbidden'
  | 'invalid'
  | 'stale'
  | 'no-seat'
  | 'not-in-plan'
  | 'managed-by-idp'
  | 'unavailable'

/** What a field of the caller's input has wrong: `path` as the caller wrote it, `message` for people. */
export interface InvalidField {
  readonly path: string
  readonly message: string
}

export interface DomainErrorDetail {
  readonly fields?: readonly InvalidField[]
  /** Seats, for kind `no-seat`. */
  readonly used?: number
  readonly total?: number
  /** The missing entitlement, for kind `not-in-plan`. */
  readonly feature?: string
  /** The oldest cursor that can still be followed, for kind `stale`. */
  readonly oldestCursor?: string
}

/**
 * Thrown, because a throw is what rolls back. `code` is a unique slug `room/reason`; `message` says what happened
 * and the next step. Each door has one table that turns a kind into its own answer.
 */
export class DomainError extends Error {
  readonly kind: DomainErrorKind
  readonly code: string
  readonly detail: DomainErrorDetail

  constructor(failure: { kind: DomainErrorKind; code: string; message: string; detail?: DomainErrorDetail }) {
    super(failure.message)
    this.name = 'DomainError'
    this.kind = failure.kind
    this.code = failure.code
    this.detail = failure.detail ?? {}
  }
}

/** Refuses input: one sentence for the whole and a line per field. */
export function invalidInput(code: string, fields: readonly InvalidField[]): DomainError {
  const message = fields.map(field => field.message).join(' ')
  return new DomainError({ kind: 'invalid', code, message, detail: { fields } })
}
