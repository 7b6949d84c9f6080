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
  /** A caller inside one organization. */
  readonly contextFor: (orgId: string, actor: Actor) => Context
  /** A caller before an organization is known, and the operator. */
  readonly installationFor: (actor: Actor) => InstallationContext
}

export const systemClock: Clock = { now: () => new Date(), newId: () => newId() }

/** The world around an open database. Without a vault nothing can be sealed. Tests bring their own clock. */
export function buildWorld(
  database: Database,
  { clock = { ...systemClock }, vault = null }: { clock?: Clock | undefined; vault?: Vault | null } = {},
): World {
  const bell = createBell()
  const clientFor = orgClients(database)
  const contextFor = (orgId: string, actor: Actor): Context => ({
    ...clientFor(orgId),
    orgId,
    clock,
    vault,
    actor,
    ring: () => {
      bell.ring(orgId)
    },
    listen: () => bell.listen(orgId),
  })
  return {
    database,
    bell,
    clock,
    contextFor,
    installationFor: actor => ({
      installation: database.prisma,
      clock,
      actor,
      within: (orgId, other) => contextFor(orgId, other ?? actor),
    }),
  }
}
