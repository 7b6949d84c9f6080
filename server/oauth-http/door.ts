// The OAuth door: a Fastify plugin with the token endpoint of each organization and the documents that describe it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { logTokenRequest } from './log-token-request.ts'
import { resourceMetadata, serverMetadata } from './metadata.ts'
import { invalidRequest, OauthError } from './oauth-error.ts'
import { collectForms, formLimit } from './read-form.ts'
import type { OauthDoorSettings } from './settings.ts'
import { grant, tooMany, type Granted } from './token-endpoint.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const nowhere = '00000000-0000-0000-0000-000000000000'
const otherMethods = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
const documents = [
  ['oauth-authorization-server', serverMetadata],
  ['oauth-protected-resource', resourceMetadata],
] as const

/**
 * Mounts `/scim/v2/{organization id}/oauth/token`, beside the SCIM door and below the same base URL, so that a proxy
 * which lets SCIM through lets this through, and the two documents at their well-known places.
 */
export function oauthDoor(settings: OauthDoorSettings) {
  return async (app: FastifyInstance): Promise<void> => {
    collectForms(app)
    const url = '/scim/v2/:orgId/oauth/token'
    const answer = (request: FastifyRequest, reply: FastifyReply) => handle({ request, reply, settings })
    app.post(url, { bodyLimit: formLimit }, answer)
    app.route({ method: [...otherMethods], url, exposeHeadRoute: false, handler: onlyPost })
    for (const [name, metadata] of documents) {
      app.get(`/.well-known/${name}/scim/v2/:orgId`, (request, reply) => {
        const orgId = orgIdOf(request)
        return orgId === null ? notFound(reply) : describe(reply, metadata(settings.publicUrl, orgId))
      })
    }
    app.setErrorHandler<Error>((error, request, reply) => handle({ request, reply, settings }, error))
    await app.after()
  }
}

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly settings: OauthDoorSettings
}

/** `hostError` is what the host refused before the door was asked, such as a body that is too large. */
async function handle({ request, reply, settings }: Visit, hostError?: Error): Promise<FastifyReply> {
  const origin = { requestId: request.id, ip: request.ip, client: null }
  const orgId = orgIdOf(request) ?? nowhere
  const ctx = settings.contextFor(orgId, { kind: 'anonymous', name: 'Someone', origin })
  const [startedAt, started] = [new Date(), performance.now()]
  let outcome: Granted | OauthError
  try {
    if (hostError) throw hostError
    outcome = await grant(ctx, request, settings)
  } catch (error) {
    outcome = problemOf(error, { request, settings })
    const wait = outcome.status < 429 ? await settings.limitFailures(request) : null
    if (wait !== null) outcome = tooMany(wait)
  }
  const durationMs = performance.now() - started
  if (isWorthTelling(outcome)) {
    logTokenRequest(settings.recorder, { request, ctx, outcome, startedAt, durationMs })
  }
  return 'accessToken' in outcome ? sendToken(reply, outcome) : sendProblem(reply, outcome)
}

/** Refusals are written down, too, so that an admin sees why their provider fails; but not when they flood. */
function isWorthTelling(outcome: Granted | OauthError): boolean {
  return 'accessToken' in outcome || outcome.status !== 429
}

/** RFC 6749 section 5.1. */
function sendToken(reply: FastifyReply, { accessToken }: Granted): FastifyReply {
  return unstored(reply).code(200).send({
    access_token: accessToken.token,
    token_type: 'Bearer',
    expires_in: accessToken.expiresIn,
    scope: 'scim',
  })
}

function sendProblem(reply: FastifyReply, problem: OauthError): FastifyReply {
  return unstored(reply).code(problem.status).headers(problem.headers).send(problem.toBody())
}

function unstored(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('pragma', 'no-cache')
    .header('x-request-id', reply.request.id)
}

function problemOf(error: unknown, { request, settings }: Omit<Visit, 'reply'>): OauthError {
  if (error instanceof OauthError) return error
  const code = (error as { code?: unknown } | null)?.code
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return invalidRequest('The body is larger than 16 kB.')
  if (typeof code === 'string' && code.startsWith('FST_ERR_CTP'))
    return invalidRequest('The body cannot be read.')
  if (settings.isUnavailable(error)) {
    return new OauthError({
      error: 'temporarily_unavailable',
      status: 503,
      description: 'The service is busy or restarting. Try again in a few seconds.',
      headers: { 'retry-after': '5' },
    })
  }
  request.log.error({ err: error }, 'Token request failed')
  const description = `Something went wrong on our side. Request id: ${request.id}.`
  return new OauthError({ error: 'server_error', status: 500, description })
}

function onlyPost(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = new OauthError({
    error: 'invalid_request',
    status: 405,
    description: 'Send a token request as POST.',
    headers: { allow: 'POST' },
  })
  return sendProblem(reply, problem)
}

/** Says nothing about which organizations exist, so it is the same for all of them and may be kept a while. */
function describe(reply: FastifyReply, document: object): FastifyReply {
  return reply.header('cache-control', 'public, max-age=300').send(document)
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).send({ error: 'not_found' })
}

function orgIdOf(request: FastifyRequest): string | null {
  const { orgId } = request.params as { orgId: string }
  return uuid.test(orgId) ? orgId : null
}
