// One SCIM request with its answer, as it is written down: redacted, cut to size.
import type { Change } from './event.ts'

export interface Quirk {
  readonly id: string
  readonly sentence: string
}

export interface NewExchange {
  readonly id: string
  readonly occurredAt: Date
  readonly token: { readonly id: string; readonly name: string } | null
  readonly method: string
  /** Below the base URL, e.g. `/Users/018f…`. */
  readonly path: string
  readonly query: string | null
  readonly status: number
  readonly scimType: string | null
  readonly durationMs: number
  readonly identityProvider: string | null
  readonly client: string | null
  readonly ip: string | null
  readonly userId: string | null
  readonly summary: string
  readonly requestHeaders: string | null
  readonly requestBody: string | null
  readonly responseBody: string | null
  readonly changes: readonly Change[] | null
  readonly quirks: readonly Quirk[]
  readonly changedNothing: boolean
}

export type Outcome = 'succeeded' | 'refused' | 'failed'

/** 2xx and 3xx succeeded, 4xx were refused, 5xx are our failures. */
export function outcomeOf(status: number): Outcome {
  if (status < 400) return 'succeeded'
  return status < 500 ? 'refused' : 'failed'
}
