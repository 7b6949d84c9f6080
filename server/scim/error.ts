// The one error of the engine: a SCIM protocol error with the wire form of RFC 7644 section 3.12.
import type { JsonObject } from './json.ts'
import { urn } from './urn.ts'

/** HTTP status for each `scimType` (RFC 7644 table 9 with erratum 6893; RFC 9865 section 2.1). */
const statusOf = {
  invalidFilter: 400,
  tooMany: 400,
  uniqueness: 409,
  mutability: 400,
  invalidSyntax: 400,
  invalidPath: 400,
  noTarget: 400,
  invalidValue: 400,
  invalidVers: 400,
  sensitive: 403,
  invalidCursor: 400,
  expiredCursor: 400,
  invalidCount: 400,
} as const

export type ScimType = keyof typeof statusOf

/** What a `ScimError` is made of; `detail` is for the person reading an identity provider's log. */
export interface ScimProblem {
  readonly status: number
  readonly scimType?: ScimType
  readonly detail: string
}

/** A refusal in the words of the protocol. Thrown by every parser of the engine; nothing else is ever thrown. */
export class ScimError extends Error {
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly detail: string

  constructor(problem: ScimProblem) {
    super(problem.detail)
    this.name = 'ScimError'
    this.status = problem.status
    this.scimType = problem.scimType
    this.detail = problem.detail
  }

  /** The response body of RFC 7644 section 3.12; `status` is a string there. */
  toBody(): JsonObject {
    const scimType = this.scimType === undefined ? {} : { scimType: this.scimType }
    return { schemas: [urn.error], status: String(this.status), ...scimType, detail: this.detail }
  }
}

/** Makes the error for a `scimType`, with the status the RFC gives it. */
export function refusal(scimType: ScimType, detail: string): ScimError {
  return new ScimError({ status: statusOf[scimType], scimType, detail })
}
