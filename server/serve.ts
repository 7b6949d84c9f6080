// Puts the doors onto a world: the app with everything it needs, and what must be finished before the process ends.
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { Redis } from 'ioredis'
import type { Config } from './config.ts'
import { classifyDatabaseError } from './db/errors.ts'
import { readGroupsOf } from './domain/memberships/read-members.sql.ts'
import { createExchangeRecorder } from './domain/provisioning-log/exchange-recorder.ts'
import type { RemoteKeys } from './domain/oauth-clients/check-assertion.ts'
import { resumeSession } from './domain/sessions/resume-session.ts'
import { createGraphqlDoor, type GraphqlDoor } from './graphql/door.ts'
import { buildApp } from './http/app.ts'
import { consoleFiles } from './http/console-files.ts'
import { exportRoutes } from './http/export-routes.ts'
import { graphqlRoutes } from './http/graphql-routes.ts'
import { graphqlSockets } from './http/graphql-ws.ts'
import { sessionCookie, stepCookie } from './http/session-cookie.ts'
import { startHousekeeping, systemActor } from './housekeeping.ts'
import { startJobs } from './job-runner.ts'
import { startMails } from './mail-sender.ts'
import { createPostOffice } from './mail/post-office.ts'
import { fetchMetadata } from './outgoing/fetch-metadata.ts'
import { createPublishedKeys } from './outgoing/published-keys.ts'
import { probeOf } from './probe.ts'
import { readIdpMetadata } from './saml/idp-metadata.ts'
import { presentUser } from './scim-http/user-mapper.ts'
import { createTokenUses } from './token-uses.ts'
import type { World } from './world.ts'

export interface Service {
  readonly app: FastifyInstance
  /** Stops accepting, finishes what runs, writes down what waits. */
  readonly close: () => Promise<void>
}

export interface ServeOptions {
  readonly config: Config
  /** Receives log lines instead of standard output. */
  readonly logStream?: { write: (line: string) => void }
  /** Where published keys come from, instead of the network. */
  readonly remoteKeys?: RemoteKeys
}

/** Builds the service. Nothing listens yet. */
export async function serve(world: World, options: ServeOptions): Promise<Service> {
  const { config, logStream } = options
  const tokenUses = createTokenUses(world.contextFor, systemActor)
  const recorder = createExchangeRecorder((error, lost) => {
    app.log.error({ err: error, lost }, 'The provisioning log could not be written')
  })
  const limitStore = limitStoreOf(config)
  const graphql = graphqlDoorOf(world, { config, app: () => app })
  const app: FastifyInstance = await buildApp({
    config,
    newId: () => world.clock.newId(),
    contextFor: world.contextFor,
    resume: (cookie, origin) => resumeSession(world.installationFor(systemActor), { cookie, origin }),
    recorder,
    noteTokenUse: tokenUses.note,
    isUnavailable: error => ['unavailable', 'ambiguous'].includes(classifyDatabaseError(error)),
    remoteKeys: options.remoteKeys ?? createPublishedKeys({ allowPrivate: config.allowPrivateAddresses }),
    ping: async () => {
      await world.database.pool.query('SELECT 1')
    },
    plugins: pluginsOf(world, graphql),
    ...(logStream === undefined ? {} : { logStream }),
    ...(limitStore === undefined ? {} : { limitStore }),
  })
  const stopHousekeeping = startHousekeeping(world, tokenUses, app.log)
  const stopJobs = await startJobs(world, app.log)
  const stopMails = await mailsOf(world, { config, app })
  return {
    app,
    close: async () => {
      await app.close()
      await recorder.drain()
      await stopJobs()
      await stopMails()
      await stopHousekeeping()
      limitStore?.disconnect()
    },
  }
}

/** Nothing is sent where no mail server is set up. */
async function mailsOf(
  world: World,
  { config, app }: { config: Config; app: FastifyInstance },
): Promise<() => Promise<void>> {
  const { mail, publicUrl } = config
  if (mail === undefined) return () => Promise.resolve()
  return startMails(world, createPostOffice({ ...mail, publicUrl }), app.log)
}

/** Further doors and the console's files; those come last, because they answer every other address. */
function pluginsOf(world: World, graphql: GraphqlDoor): FastifyPluginAsync[] {
  return [
    graphqlRoutes(graphql),
    graphqlSockets(graphql),
    exportRoutes({ authenticate: graphql.authenticate, contextFor: world.contextFor }),
    consoleFiles(fileURLToPath(new URL('../web', import.meta.url))),
  ]
}

/** While Redis is away requests are not counted; sign-ins are counted in the database and know no such gap. */
function limitStoreOf({ redisUrl }: Config): Redis | undefined {
  if (redisUrl === undefined) return undefined
  const store = new Redis(redisUrl, {
    connectTimeout: 500,
    // One that says nothing must not hold up the call that is to be counted.
    commandTimeout: 500,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
  })
  store.on('error', () => undefined)
  return store
}

function graphqlDoorOf(world: World, host: { config: Config; app: () => FastifyInstance }): GraphqlDoor {
  const { publicUrl, operatorKey } = host.config
  return createGraphqlDoor({
    publicUrl,
    operatorKey,
    sendsMail: world.sendsMail,
    development: false,
    contextFor: world.contextFor,
    installationFor: world.installationFor,
    cookie: sessionCookie(publicUrl),
    stepCookie: stepCookie(publicUrl),
    presentUsers: async (users, orgId) => {
      const { sql } = world.contextFor(orgId, systemActor)
      const ids = users.map(user => user.id)
      const groupsOf = await readGroupsOf(sql, ids)
      const shown = { baseUrl: `${publicUrl}/scim/v2/${orgId}`, selection: { kind: 'default' } } as const
      return users.map(user => presentUser(user, { ...shown, groups: groupsOf.get(user.id) ?? [] }))
    },
    probe: probeOf(host.app),
    readIdpMetadata,
    fetchMetadata: address => fetchMetadata(address, { allowPrivate: host.config.allowPrivateAddresses }),
    onFailure: (error, requestId) => {
      host.app().log.error({ err: error, requestId }, 'GraphQL operation failed')
    },
  })
}
