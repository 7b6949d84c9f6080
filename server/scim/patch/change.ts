// A PATCH operation on its way from the body to operations on single attributes.
import type { ResourceType } from '../attribute.ts'
import type { Intake } from '../resource/intake.ts'

export type Verb = 'add' | 'remove' | 'replace'

/** What shall happen to some attribute; the value is not checked yet. */
export interface Change {
  readonly verb: Verb
  readonly value: unknown
}

/** An operation as it was sent; an empty path means none. */
export interface Written extends Change {
  readonly path: string
}

/** Under which rules operations are split. */
export interface Expanding {
  readonly type: ResourceType
  readonly intake: Intake
  /** Inside a value without path, what may not be written is skipped instead of refused (H9). */
  readonly lenient?: boolean
}
