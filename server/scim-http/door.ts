// The SCIM door: a Fastify plugin that takes a call from the wire to its answer and writes the exchange down.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { oauthAddresses } from '#server/domain/oauth-clients/rules/addresses.ts'
import { refusal, ScimError } from '#server/scim/index.ts'
import { authenticate, TooManyRequests, Unauthorized } from './authenticate.ts'
import { emptyNotes, type Answer, type AuthenticatedCall, type Call } from './call.ts'
import { logExchange } from './log-exchange.ts'
import { explain } from './problems.ts'
import { collectBodies, groupBodyLimit, readBody } from './read-body.ts'
import { toleranceOf } from './read-call.ts'
import { respond } from './respond.ts'
import { MethodNotAllowed, route } from './routes.ts'
import type { ScimDoorSettings } from './settings.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Mounts the door at `/scim`. Base URL of an organization: `/scim/v2/{organization id}`. */
export function scimDoor(settings: ScimDoorSettings) {
  return async (app: FastifyInstance): Promise<void> => {
    collectBodies(app)
    const answer = (request: FastifyRequest, reply: FastifyReply) => handle({ request, reply, settings })
    for (const url of ['/v2/:orgId', '/v2/:orgId/*']) {
      app.route({ method: [...methods], url, handler: answer, exposeHeadRoute: false })
      const groups = url.replace(':orgId', ':orgId/Groups')
      app.route({
        method: [...methods],
        url: groups,
        handler: answer,
        exposeHeadRoute: false,
        bodyLimit: groupBodyLimit,
      })
    }
    app.setErrorHandler<Error>((error, request, reply) => handle({ request, reply, settings }, error))
    // Routes, because the host's wildcard for files would take what a not-found handler waits for.
    const noBase = (request: FastifyRequest, reply: FastifyReply) =>
      refuse({ request, reply, settings }, wrongBase(request))
    for (const url of ['/', '/*']) {
      app.route({ method: [...methods], url, handler: noBase, exposeHeadRoute: false })
    }
    await app.after()
  }
}

interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly settings: ScimDoorSettings
}

/** `hostError` is what the host refused before the door was asked, such as a body that is too large. */
async function handle({ request, reply, settings }: Visit, hostError?: Error): Promise<FastifyReply> {
  const call = callOf(request, settings)
  const startedAt = new Date()
  const started = performance.now()
  let known: AuthenticatedCall | null = null
  let problem: ScimError | null = null
  let answer: Answer
  try {
    const found = route(request.method, pathBelow(request))
    if ('allow' in found) answer = { status: 204, headers: { allow: found.allow } }
    else if (found.endpoint.access === 'public')
      answer = await found.endpoint.handle({ ...call, params: found.params }, settings)
    else {
      known = await authenticate({ ...call, params: found.params }, settings)
      if (hostError) throw hostError
      known = await withBody(known)
      answer = await found.endpoint.handle(known, settings)
    }
  } catch (error) {
    problem = explain(error, { request, settings })
    answer = errorAnswer(problem, oauthAddresses(settings.publicUrl, call.orgId).resourceMetadataUrl)
  }
  const durationMs = performance.now() - started
  record({ call: known ?? call, known, answer, problem, startedAt, durationMs }, settings)
  return respond(request, reply, answer)
}

async function withBody(call: AuthenticatedCall): Promise<AuthenticatedCall> {
  return { ...call, body: await readBody(call.request, toleranceOf(call).tolerate) }
}

interface Visited {
  readonly call: Call
  readonly known: AuthenticatedCall | null
  readonly answer: Answer
  readonly problem: ScimError | null
  readonly startedAt: Date
  readonly durationMs: number
}

/** Strangers are written down, too, so that an admin sees why their provider fails; but not when they flood. */
function record(visited: Visited, settings: ScimDoorSettings): void {
  const { known, problem, call } = visited
  if (known !== null) {
    const token = { id: known.token.tokenId, name: known.token.tokenName }
    logExchange(settings.recorder, { ...visited, ctx: known.ctx, token })
    return
  }
  const stranger = problem instanceof Unauthorized || problem?.status === 403
  if (!stranger) return
  const origin = { requestId: call.request.id, ip: call.request.ip, client: null }
  const ctx = settings.contextFor(call.orgId, { kind: 'anonymous', name: 'Someone', origin })
  const token = problem instanceof Unauthorized ? problem.token : null
  logExchange(settings.recorder, { ...visited, ctx, token })
}

async function refuse(visit: Visit, error: unknown): Promise<FastifyReply> {
  return respond(visit.request, visit.reply, errorAnswer(explain(error, visit), null))
}

function errorAnswer(problem: ScimError, resource: string | null): Answer {
  return { status: problem.status, body: problem.toBody(), headers: extraHeaders(problem, resource) }
}

function extraHeaders(problem: ScimError, resource: string | null): Record<string, string> {
  if (problem instanceof MethodNotAllowed) return { allow: problem.allow }
  if (problem instanceof TooManyRequests) return { 'retry-after': String(problem.retryAfter) }
  if (problem.status === 401) {
    // RFC 9728 section 5.1: where a client without a token learns how to get one.
    const hint = resource === null ? '' : `, resource_metadata="${resource}"`
    return { 'www-authenticate': `Bearer realm="SCIM"${hint}` }
  }
  return problem.status === 503 ? { 'retry-after': '5' } : {}
}

function callOf(request: FastifyRequest, settings: ScimDoorSettings): Call {
  const { orgId } = request.params as { orgId: string }
  const known = uuid.test(orgId) ? orgId : '00000000-0000-0000-0000-000000000000'
  return {
    request,
    orgId: known,
    baseUrl: `${settings.publicUrl}/scim/v2/${known}`,
    params: {},
    query: queryOf(request),
    body: undefined,
    headers: { ...request.headers, prefer: firstOf(request.headers['prefer']) },
    notes: emptyNotes(),
  }
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header
}

/** Parameter names in any case (PG8), `+` and `%20` as blanks (F20), values without `=` as empty (EN4). */
function queryOf(request: FastifyRequest): Map<string, string> {
  const at = request.url.indexOf('?')
  const query = new Map<string, string>()
  if (at < 0) return query
  for (const [name, value] of new URLSearchParams(request.url.slice(at + 1))) {
    const key = name.toLowerCase()
    if (!query.has(key)) query.set(key, value)
  }
  return query
}

function pathBelow(request: FastifyRequest): string {
  const rest = (request.params as { '*'?: string })['*'] ?? ''
  return request.routeOptions.url?.includes('/:orgId/Groups') === true ? `Groups/${rest}` : rest
}

/** `/scim/v1/…` names a version we do not speak (ER9); anything else is no base URL. */
function wrongBase(request: FastifyRequest): ScimError {
  const version = /^\/scim\/(v\d+)\b/.exec(request.url)?.[1]
  if (version !== undefined && version !== 'v2') {
    return refusal('invalidVers', `SCIM ${version} is not supported. Use the base URL with /scim/v2/.`)
  }
  return new ScimError({
    status: 404,
    detail: 'There is no such endpoint. Copy the base URL from Rollcall again.',
  })
}
