// The connection of an organization to its identity provider, as the protocol needs it.
import type { SsoConnection as Row } from '#prisma/client.ts'
import type { Context, Db } from '#server/domain/context.ts'
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'
import type { NameIdFormat, SignedPart, SsoConnection, SsoStatus } from './rules/connection.ts'

export interface FoundConnection {
  readonly connection: SsoConnection
  /** Whether the plan of the organization has single sign-on. */
  readonly inPlan: boolean
}

/** Null without a connection, and for an organization that does not exist. */
export async function findConnection(
  ctx: Pick<Context, 'orgId'> & { readonly db: Db },
  _input: Record<string, never> = {},
): Promise<FoundConnection | null> {
  const organization = await ctx.db.organization.findUnique({
    where: { id: ctx.orgId },
    include: { ssoConnection: true },
  })
  if (organization?.ssoConnection == null) return null
  return { connection: connectionOf(organization.ssoConnection), inPlan: entitlementsOf(organization).sso }
}

export function connectionOf(row: Row): SsoConnection {
  return {
    ...row,
    status: row.status as SsoStatus,
    signed: row.signed as SignedPart,
    nameIdFormat: row.nameIdFormat as NameIdFormat,
  }
}
