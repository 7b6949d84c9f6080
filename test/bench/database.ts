// A fresh database with stored people for one measurement, embedded or on a PostgreSQL server.
import { makeHoldingGroups } from './managed-events.ts'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadPeople } from '#server/cli/demo-load.sql.ts'
import { openDatabase, type Database } from '#server/db/open.ts'
import { createApiKey } from '#server/domain/api-keys/create-api-key.ts'
import { createOrganization } from '#server/domain/organizations/create-organization.ts'
import { enforceProvisioning } from '#server/domain/organizations/enforce-provisioning.ts'
import { issueScimToken } from '#server/domain/scim-tokens/issue-scim-token.ts'
import { startSession } from '#server/domain/sessions/start-session.ts'
import { completeSetup } from '#server/domain/setup-links/complete-setup.ts'
import { isActive, userNameOf, type User } from '#server/domain/users/rules/user.ts'
import { buildWorld } from '#server/world.ts'
import type { EngineName } from './arguments.ts'
import { socketsOfKey } from './feed.ts'
import { makeUsers, type Stored } from './people.ts'
import { feedSubscribers } from './phases.ts'

export interface Place {
  /** Environment of the server. */
  readonly env: Readonly<Record<string, string>>
  /** Process ids of what works for the server besides itself. */
  readonly backends: () => Promise<number[]>
  readonly remove: () => Promise<void>
}

export interface Prepared {
  readonly orgId: string
  readonly token: string
  readonly apiKeys: readonly string[]
  /** May preview and save the mapping. */
  readonly adminKey: string
  readonly stored: readonly Stored[]
  /** Groups with managed events. */
  readonly holding: readonly string[]
  /** Milliseconds that storing the people took. */
  readonly preloadMs: number
}

/** The server for PostgreSQL measurements, or null when there is none. */
export async function postgresqlServer(): Promise<string | null> {
  const named = process.env['BENCH_DATABASE_URL'] ?? process.env['DATABASE_URL']
  const url = named ?? 'postgresql://postgres@127.0.0.1:5432/postgres'
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  try {
    await client.connect()
    await client.end()
    return url
  } catch (error) {
    if (named === undefined) return null
    throw error
  }
}

export async function makePlace(engine: EngineName, server: string | null): Promise<Place> {
  return engine === 'embedded' ? inFolder() : onServer(server ?? '')
}

async function inFolder(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-bench-'))
  return {
    env: { DATA_DIR: folder },
    backends: () => Promise.resolve([]),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

let databases = 0

async function onServer(server: string): Promise<Place> {
  databases += 1
  const name = `rollcall_bench_${String(process.pid)}_${String(databases)}`
  const admin = new pg.Client({ connectionString: server })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    env: { DATABASE_URL: url.toString() },
    backends: async () => {
      const { rows } = await admin.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = $1',
        [name],
      )
      return rows.map(row => row.pid)
    },
    remove: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    },
  }
}

/** Makes an organization with a token and `count` people, set-based, and lets the planner know. */
export async function prepare(place: Place, count: number): Promise<Prepared> {
  const database = await openDatabase({ url: place.env['DATABASE_URL'], dataDir: place.env['DATA_DIR'] })
  try {
    await database.migrate()
    const organization = await makeOrganization(database)
    const users = makeUsers(count)
    const started = performance.now()
    const { sql } = buildWorld(database).contextFor(organization.orgId, system)
    await loadPeople(sql, users)
    const preloadMs = performance.now() - started
    await database.pool.query('VACUUM (ANALYZE)')
    return { ...organization, stored: users.map(storedOf), preloadMs }
  } finally {
    await database.close()
  }
}

const origin = { requestId: 'bench', ip: null, client: null }
const system = { kind: 'system', name: 'Bench', origin } as const

async function makeOrganization(
  database: Database,
): Promise<Pick<Prepared, 'orgId' | 'token' | 'apiKeys' | 'adminKey' | 'holding'>> {
  const world = buildWorld(database)
  const installation = world.installationFor(system)
  const { orgId, setupSecret } = await createOrganization(installation, { name: 'Bench', requireSso: false })
  const { actor } = await completeSetup(installation, {
    secret: setupSecret,
    organizationName: 'Bench',
    ownerName: 'Owner',
    email: 'owner@example.org',
    password: 'a long sentence for the bench 42',
  })
  // Tokens and keys are given to somebody who has just proven who they are.
  const { hash: sessionHash } = await startSession(world.contextFor(orgId, actor), { userId: actor.userId })
  const ctx = world.contextFor(orgId, { ...actor, sessionHash })
  await enforceProvisioning(ctx, { enforced: true })
  const { secret } = await issueScimToken(ctx, { name: 'Bench' })
  const apiKeys: string[] = []
  while (apiKeys.length * socketsOfKey < feedSubscribers['feed-200']) {
    const key = await createApiKey(ctx, { name: `Bench ${String(apiKeys.length)}`, scopes: ['read'] })
    apiKeys.push(key.secret)
  }
  const admin = await createApiKey(ctx, { name: 'Bench mapping', scopes: ['mappings:write'] })
  const holding = await makeHoldingGroups(ctx)
  return { orgId, token: secret, apiKeys, adminKey: admin.secret, holding }
}

function storedOf(user: User): Stored {
  return { id: user.id, userName: userNameOf(user.document), active: isActive(user.status) }
}
