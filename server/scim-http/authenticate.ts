// Who calls: the bearer token of the request, checked against the organization of the base URL.
import type { FastifyRequest } from 'fastify'
import type { ScimTokenActor } from '#server/domain/actor.ts'
import { storableText } from '#server/domain/provisioning-log/rules/redact.ts'
import { authenticateToken } from '#server/domain/scim-tokens/authenticate-token.ts'
import type { TokenFault } from '#server/domain/scim-tokens/rules/authentication.ts'
import { ScimError } from '#server/scim/index.ts'
import type { AuthenticatedCall, Call } from './call.ts'
import type { ScimDoorSettings } from './settings.ts'

/** 401 with a challenge; the same words for every fault, the reason is for the provisioning log. */
export class Unauthorized extends ScimError {
  readonly fault: TokenFault
  /** The token that was known but no longer good. */
  readonly token: { id: string; name: string } | null

  constructor(fault: TokenFault, token: { id: string; name: string } | null) {
    const detail =
      'The bearer token is missing or no longer valid. Copy a current token from Rollcall under Login > User ' +
      'provisioning into your identity provider.'
    super({ status: 401, detail })
    this.fault = fault
    this.token = token
  }
}

/** 429 with the seconds to wait. */
export class TooManyRequests extends ScimError {
  readonly retryAfter: number

  constructor(retryAfter: number) {
    super({ status: 429, detail: `Too many requests. Wait ${String(retryAfter)} seconds and go on.` })
    this.retryAfter = retryAfter
  }
}

/**
 * Looks again at a token that was good when a long call began: the call with the settings of now, or the refusals of
 * `authenticate`. Counts as no further call.
 */
export async function authenticateAgain(call: AuthenticatedCall): Promise<AuthenticatedCall> {
  const { request, ctx } = call
  const token = await authenticateToken(ctx, { bearer: bearerOf(request), trial: true })
  if (token.fault !== null) throw new Unauthorized(token.fault, token.token)
  return { ...call, token }
}

function bearerOf(request: FastifyRequest): string | null {
  return scheme.exec(request.headers.authorization ?? '')?.[1] ?? null
}

const scheme = /^bearer +([^\s]+)$/i

/** Authenticates, or throws `Unauthorized`, `TooManyRequests` or the refusal of an organization without SCIM. */
export async function authenticate(call: Call, settings: ScimDoorSettings): Promise<AuthenticatedCall> {
  const { request, orgId } = call
  const bearer = bearerOf(request)
  const origin = { requestId: request.id, ip: request.ip, client: clientOf(request) }
  const stranger = settings.contextFor(orgId, { kind: 'anonymous', name: 'Someone', origin })
  const token = await authenticateToken(stranger, { bearer, trial: settings.isTrial(request) })
  if (token.fault !== null) {
    const wait = await settings.limitFailures(request)
    throw wait === null ? new Unauthorized(token.fault, token.token) : new TooManyRequests(wait)
  }
  const wait = await settings.limitToken(request, token.tokenId)
  if (wait !== null) throw new TooManyRequests(wait)
  settings.noteTokenUse(orgId, {
    via: token.via,
    tokenId: token.tokenId,
    at: stranger.clock.now(),
    ip: origin.ip,
    client: origin.client,
  })
  const actor: ScimTokenActor = {
    kind: 'scim-token',
    orgId,
    tokenId: token.tokenId,
    name: token.tokenName,
    exchangeId: request.id,
    origin,
  }
  return { ...call, ctx: { ...stranger, actor }, token }
}

export function clientOf(request: FastifyRequest): string | null {
  const agent = request.headers['user-agent']
  return agent === undefined ? null : storableText(agent).slice(0, 200)
}
