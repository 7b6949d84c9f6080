// Turns every failure into a SCIM error: one row per kind, so that a new kind without a row does not compile.
import { DomainError, type DomainErrorKind } from '#server/domain/error.ts'
import { ScimError, type ScimType } from '#server/scim/index.ts'
import type { FastifyRequest } from 'fastify'
import type { ScimDoorSettings } from './settings.ts'

/** HTTP status and `scimType` for each kind of refusal (RFC 7644 section 3.12). No seat is not a conflict. */
const answers: Record<DomainErrorKind, { status: number; scimType?: ScimType }> = {
  'not-found': { status: 404 },
  conflict: { status: 409, scimType: 'uniqueness' },
  forbidden: { status: 403 },
  invalid: { status: 400, scimType: 'invalidValue' },
  stale: { status: 412 },
  'no-seat': { status: 403 },
  'not-in-plan': { status: 403 },
  'managed-by-idp': { status: 403 },
  unavailable: { status: 503 },
}

/** Names the limit that ServiceProviderConfig publishes for Bulk (B10). */
export const bodyTooLarge =
  'The body is larger than 1 MB, for Bulk the maxPayloadSize of 1048576 bytes (groups: 16 MB). Send fewer changes ' +
  'at once.'

/** Statuses of the host's own refusals, in words for people. */
const hostRefusals: Readonly<Record<string, { status: number; scimType?: ScimType; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    detail: bodyTooLarge,
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    detail: 'Send the body as application/scim+json or application/json.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    scimType: 'invalidSyntax',
    detail: 'The body is shorter or longer than its Content-Length says.',
  },
  FST_ERR_BAD_URL: {
    status: 400,
    scimType: 'invalidValue',
    detail: 'The URL has a malformed percent-escape.',
  },
}

/**
 * The SCIM error for any failure. Unexpected ones become 500 with the request id and nothing of their own text;
 * `unavailable` tells whether the database is away.
 */
export function problemOf(error: unknown, about: { requestId: string; unavailable: boolean }): ScimError {
  if (error instanceof ScimError) return error
  if (error instanceof DomainError) return new ScimError({ ...answers[error.kind], detail: error.message })
  const code = (error as { code?: unknown } | null)?.code
  const refusal = typeof code === 'string' ? hostRefusals[code] : undefined
  if (refusal !== undefined) return new ScimError(refusal)
  if (about.unavailable) {
    return new ScimError({
      status: 503,
      detail: 'The service is busy or restarting. Try again in a few seconds.',
    })
  }
  return new ScimError({
    status: 500,
    detail: `Something went wrong on our side. Nothing was changed. Request id: ${about.requestId}.`,
  })
}

/** The same for a failure of a request; what is our own fault is written down for the operator. */
export function explain(
  error: unknown,
  visit: { request: FastifyRequest; settings: Pick<ScimDoorSettings, 'isUnavailable'> },
): ScimError {
  const unavailable = visit.settings.isUnavailable(error)
  const problem = problemOf(error, { requestId: visit.request.id, unavailable })
  const ours = problem.status >= 500 && problem !== error
  if (ours) visit.request.log.error({ err: error }, 'SCIM request failed')
  return problem
}
