// One SCIM call on its way through the door: what came in, who asks, and what the log will say about it.
import type { FastifyRequest } from 'fastify'
import type { Context } from '#server/domain/context.ts'
import type { Change } from '#server/domain/provisioning-log/rules/event.ts'
import type { JointInsert } from '#server/domain/users/joint-insert.ts'
import type { AuthenticatedToken } from '#server/domain/scim-tokens/rules/authentication.ts'
import type { Quirk } from '#server/domain/provisioning-log/rules/exchange.ts'
import type { Resource } from '#server/scim/index.ts'

/** Facts that handlers learn and the provisioning log keeps. */
export interface Notes {
  userId: string | null
  /** Display name of the person the call is about. */
  subject: string | null
  quirks: Quirk[]
  changes: readonly Change[] | null
  changedNothing: boolean
  /** What happened, when the handler knows better than method and path. */
  summary: string | null
}

export interface Call {
  readonly request: FastifyRequest
  readonly orgId: string
  /** `{public origin}/scim/v2/{organization id}`. */
  readonly baseUrl: string
  /** The path's variable parts, e.g. `{ id }`. */
  readonly params: Readonly<Record<string, string>>
  /** Query parameters by lower-case name; the first value of each. */
  readonly query: ReadonlyMap<string, string>
  readonly body: unknown
  /** The headers that say how this one operation is meant; those of an operation inside Bulk are its own. */
  readonly headers: Readonly<Partial<Record<'if-match' | 'if-none-match' | 'prefer', string | undefined>>>
  readonly notes: Notes
}

export interface AuthenticatedCall extends Call {
  readonly ctx: Context
  readonly token: AuthenticatedToken
  /** For an operation inside Bulk, of whose resource only id, location and version are told. */
  readonly brief?: boolean
  /** Stores a new person together with those of other operations. */
  readonly together?: JointInsert | undefined
}

/** What a handler answers; `body` undefined means none. */
export interface Answer {
  readonly status: number
  readonly body?: Resource
  readonly headers?: Readonly<Record<string, string>>
}

export function emptyNotes(): Notes {
  return { userId: null, subject: null, quirks: [], changes: null, changedNothing: false, summary: null }
}
