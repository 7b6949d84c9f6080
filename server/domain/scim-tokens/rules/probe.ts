// How the own door is called by the connection test, and what a step of it found.
import type { ProbeAnswer } from './connection-test.ts'

/** Sends a request to the own SCIM door. `path` begins with `/scim/v2/`; a form goes to the token endpoint. */
export type Probe = (request: {
  readonly method: string
  readonly path: string
  readonly bearer?: string
  readonly body?: unknown
  readonly form?: Readonly<Record<string, string>>
}) => Promise<ProbeAnswer>

export interface TestedStep {
  readonly name: string
  readonly ok: boolean
  /** What was found; for a failed step the cause and what to do. */
  readonly detail: string
  readonly durationMs: number
}
