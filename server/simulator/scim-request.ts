// What a simulated identity provider sends and what it gets back, as plain values.
import type { Json, Resource } from '#server/scim/index.ts'

export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base URL, e.g. `/Users`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Resource
}

export interface Answer {
  readonly status: number
  /** Parsed JSON; null when there was none. */
  readonly body: Json
  readonly contentType: string
  /** From sending to the last byte of the answer. */
  readonly ms: number
}

/** The body as an object, empty when it is none. */
export function resourceOf(answer: Answer): Resource {
  const { body } = answer
  return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Resource) : {}
}
