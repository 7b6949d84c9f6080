// What an identity provider did that no RFC predicts, and the form a rule against it takes.
import type { ResourceType } from '../attribute.ts'
import type { RawObject } from '../json.ts'
import type { DeviationId } from './deviation.ts'

/** One departure from the RFC, told to the admin in the provisioning log. */
export interface Quirk {
  readonly id: DeviationId
  /** One sentence for people. */
  readonly sentence: string
}

/** A body in strict form and the departures that were put right. */
export interface Normalized {
  readonly body: unknown
  readonly quirks: readonly Quirk[]
}

/** A quirk and its cure. The cure returns the very same object when there is nothing to put right. */
export interface Rule {
  readonly id: DeviationId
  readonly cure: (object: RawObject, type: ResourceType) => RawObject
}

/**
 * Where rules apply. `operation`: one PATCH operation as such. `attributes`: any object whose keys are attribute
 * paths, so bodies, values without path, and `{ [path]: value }` of an operation. `body`: whole POST and PUT bodies.
 */
export interface Dialect {
  readonly operation: readonly Rule[]
  readonly attributes: readonly Rule[]
  readonly body: readonly Rule[]
}
