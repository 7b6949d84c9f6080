// What the OAuth door is given by its host: it can make nothing of this itself.
import type { FastifyRequest } from 'fastify'
import type { Actor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import type { RemoteKeys } from '#server/domain/oauth-clients/check-assertion.ts'
import type { ExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'

export interface OauthDoorSettings {
  /** Origin that clients see, without trailing slash. */
  readonly publicUrl: string
  readonly contextFor: (orgId: string, actor: Actor) => Context
  readonly recorder: ExchangeRecorder
  /** Fetches the keys that an identity provider publishes. */
  readonly remoteKeys: RemoteKeys
  /** True for failures that mean "the database is away", answered with 503. */
  readonly isUnavailable: (error: unknown) => boolean
  /** Seconds to wait when the client has fetched too many tokens, else null. */
  readonly limitGrants: (request: FastifyRequest, clientId: string) => Promise<number | null>
  /** Seconds to wait when the client address has failed too often, else null. */
  readonly limitFailures: (request: FastifyRequest) => Promise<number | null>
}
