// What the SCIM door is given by its host: it can make nothing of this itself.
import type { FastifyRequest } from 'fastify'
import type { Actor } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import type { ExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'
import type { TokenUse } from '#server/domain/scim-tokens/record-token-uses.ts'

export interface ScimDoorSettings {
  /** Origin that clients see, without trailing slash. */
  readonly publicUrl: string
  readonly contextFor: (orgId: string, actor: Actor) => Context
  readonly recorder: ExchangeRecorder
  /** True for a request of ours that only tries whether a token is good. */
  readonly isTrial: (request: FastifyRequest) => boolean
  /** Remembers a token's last use; written down now and then. */
  readonly noteTokenUse: (orgId: string, use: TokenUse) => void
  /** True for failures that mean "the database is away", answered with 503. */
  readonly isUnavailable: (error: unknown) => boolean
  /** Seconds to wait when the token has used up its rate, else null. */
  readonly limitToken: (request: FastifyRequest, tokenId: string) => Promise<number | null>
  /** Counts further calls of a token that were sent as one; later ones wait until they are made up for. */
  readonly chargeToken: (tokenId: string, calls: number) => Promise<void>
  /** Seconds to wait when the client address has failed too often, else null. */
  readonly limitFailures: (request: FastifyRequest) => Promise<number | null>
}
