// The host: one Fastify server with limits, headers and logging, and the doors mounted on it.
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  LogController,
  type FastifyInstance,
  type FastifyHttpOptions,
  type FastifyPluginAsync,
  type FastifyRequest,
} from 'fastify'
import type { Server } from 'node:http'
import type { Redis } from 'ioredis'
import type { Config } from '#server/config.ts'
import type { ExchangeRecorder } from '#server/domain/provisioning-log/exchange-recorder.ts'
import type { TokenUse } from '#server/domain/scim-tokens/record-token-uses.ts'
import type { RemoteKeys } from '#server/domain/oauth-clients/check-assertion.ts'
import { isProbe } from '#server/probe.ts'
import { oauthDoor } from '#server/oauth-http/door.ts'
import { samlDoor } from '#server/saml/door.ts'
import type { SamlDoorSettings } from '#server/saml/settings.ts'
import { scimDoor } from '#server/scim-http/door.ts'
import { problemOf } from '#server/scim-http/problems.ts'
import type { ScimError } from '#server/scim/index.ts'
import type { Context } from '#server/domain/context.ts'
import type { Actor, Origin, PersonActor } from '#server/domain/actor.ts'
import { debtsInMemory, debtsInRedis } from './bulk-debt.ts'
import { drain } from './drain.ts'
import { healthRoutes } from './health.ts'
import { LimitStore } from './limit-store.ts'
import { logging } from './logging.ts'
import { metricsRoutes } from './metrics.ts'
import { scimLimits } from './scim-limits.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { sessionCookie } from './session-cookie.ts'

export interface AppParts {
  readonly config: Pick<Config, 'publicUrl' | 'trustProxy' | 'logLevel' | 'scimRate' | 'operatorKey'>
  readonly newId: () => string
  readonly contextFor: (orgId: string, actor: Actor) => Context
  /** Whose session a cookie's secret opens. */
  readonly resume: (secret: string, origin: Origin) => Promise<PersonActor | null>
  readonly recorder: ExchangeRecorder
  readonly noteTokenUse: (orgId: string, use: TokenUse) => void
  readonly isUnavailable: (error: unknown) => boolean
  /** Fetches the keys that identity providers publish. */
  readonly remoteKeys: RemoteKeys
  /** Resolves when the database answers; rejects otherwise. */
  readonly ping: () => Promise<void>
  /** Further doors and the console's files, mounted after the SCIM door. */
  readonly plugins: readonly FastifyPluginAsync[]
  readonly logStream?: { write: (line: string) => void }
  /** Redis, so that several processes count a token's calls together; in memory without it. */
  readonly limitStore?: Redis
}

/** Time limits in milliseconds and sizes in bytes, as `docs/operations.md` lists them. */
const limits = {
  requestTimeout: 30_000,
  connectionTimeout: 0,
  keepAliveTimeout: 65_000,
  bodyLimit: 16_384,
  maxRequestsPerSocket: 1_000,
  http: { headersTimeout: 10_000, maxHeaderSize: 16_384, connectionsCheckingInterval: 1_000 },
} satisfies FastifyHttpOptions<Server>

/** Builds the app; nothing listens yet, tests use `inject`. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { config } = parts
  const app = Fastify({
    ...limits,
    logger: logging(config.logLevel, parts.logStream),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    genReqId: parts.newId,
    return503OnClosing: true,
    routerOptions: { maxParamLength: 2_000 },
    frameworkErrors: (error, request, reply) => {
      sendBadRequest(reply, problemOf(error, { requestId: request.id, unavailable: false }))
    },
  })
  app.server.maxConnections = 2_000
  await app.register(drain())
  addSecurityHeaders(app, config.publicUrl)
  const { limitStore } = parts
  const counting =
    limitStore === undefined ? { store: LimitStore } : { redis: limitStore, nameSpace: 'rollcall-limit-' }
  const debts = limitStore === undefined ? debtsInMemory() : debtsInRedis(limitStore)
  await app.register(rateLimit, { global: false, skipOnError: true, ...counting })
  await app.register(healthRoutes(parts.ping))
  await app.register(metricsRoutes(config.operatorKey))
  const shared = {
    publicUrl: config.publicUrl,
    contextFor: parts.contextFor,
    recorder: parts.recorder,
    isUnavailable: parts.isUnavailable,
    ...scimLimits(app, { rate: config.scimRate, debts }),
  }
  await app.register(samlDoor({ ...shared, ...browserSessions(parts) }))
  await app.register(oauthDoor({ ...shared, remoteKeys: parts.remoteKeys }))
  const isTrial = (request: FastifyRequest) => isProbe(request.headers)
  await app.register(scimDoor({ ...shared, isTrial, noteTokenUse: parts.noteTokenUse }), { prefix: '/scim' })
  for (const plugin of parts.plugins) await app.register(plugin)
  return app
}

/** How the SAML door starts a session, and how it sees whose session a browser has. */
function browserSessions({ config, resume }: AppParts): Pick<SamlDoorSettings, 'sessionCookie' | 'personOf'> {
  const { read, write } = sessionCookie(config.publicUrl)
  return {
    sessionCookie: write,
    personOf: async (cookies, origin) => {
      const secret = read(cookies ?? null)
      return secret === null ? null : resume(secret, origin)
    },
  }
}

type RawAnswer = Parameters<NonNullable<FastifyHttpOptions<Server>['frameworkErrors']>>[2]

/** What the router itself refuses, such as a malformed percent-escape; SCIM clients read it, people too (ER7). */
function sendBadRequest(reply: RawAnswer, problem: ScimError): void {
  void reply
    .code(problem.status)
    .type('application/scim+json; charset=utf-8')
    .send(JSON.stringify(problem.toBody()))
}
