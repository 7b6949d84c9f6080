// Builds the long-lived things once, and the context of each caller from them.
import { v7 as newId } from 'uuid'
import { createBell, type Bell } from './bell.ts'
import type { Database } from './db/open.ts'
import { orgClients } from './db/org-client.ts'
import type { Actor } from './domain/actor.ts'
import type { Clock, Context, InstallationContext } from './domain/context.ts'
import type { Vault } from './domain/secrets/vault.ts'

export interface World {
  readonly database: Database
  readonly bell: Bell
  readonly clock: Clock
  readonly sendsMail: boolean
  /** A caller inside one organization. */
  readonly contextFor: (orgId: string, actor: Actor) => Context
  /** A caller before an organization is known, and the operator. */
  readonly installationFor: (actor: Actor) => InstallationContext
}

export const systemClock: Clock = { now: () => new Date(), newId: () => newId() }

export interface WorldOptions {
  /** Tests bring their own. */
  readonly clock?: Clock | undefined
  /** Without one nothing can be sealed. */
  readonly vault?: Vault | null
  /** Whether a mail server is set up; none without it. */
  readonly sendsMail?: boolean
}

/** The world around an open database. */
export function buildWorld(database: Database, options: WorldOptions = {}): World {
  const { clock = { ...systemClock }, vault = null, sendsMail = false } = options
  const bell = createBell()
  const clientFor = orgClients(database)
  const contextFor = (orgId: string, actor: Actor): Context => ({
    ...clientFor(orgId),
    orgId,
    clock,
    vault,
    actor,
    sendsMail,
    ring: () => {
      bell.ring(orgId)
    },
    listen: () => bell.listen(orgId),
  })
  return {
    database,
    bell,
    clock,
    sendsMail,
    contextFor,
    installationFor: actor => ({
      installation: database.prisma,
      clock,
      actor,
      within: (orgId, other) => contextFor(orgId, other ?? actor),
    }),
  }
}
