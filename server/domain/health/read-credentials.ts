// With what the identity provider may call: bearer tokens and OAuth clients, and which of them lasts longest.
import type { Context } from '#server/domain/context.ts'
import { endOfClient } from '#server/domain/oauth-clients/rules/client.ts'
import { daysLeft, isLive, type TokenLife } from '#server/domain/scim-tokens/rules/token.ts'

export interface Credentials {
  readonly token: { readonly live: boolean; readonly ever: boolean }
  readonly tokenId: string | null
  readonly tokenDaysLeft: number | null
}

interface Credential extends TokenLife {
  /** Null for an OAuth client. */
  readonly tokenId: string | null
}

/** Of the latest fifty of each kind. */
export async function readCredentials(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<Credentials> {
  const now = ctx.clock.now()
  const all = [...(await readTokens(ctx)), ...(await readClients(ctx, now))]
  const live = all.filter(each => isLive(each, now))
  const lasting = live.reduce<Credential | null>((best, each) => {
    return best === null || endOf(each) > endOf(best) ? each : best
  }, null)
  return {
    token: { live: lasting !== null, ever: all.length > 0 },
    tokenId: lasting?.tokenId ?? null,
    tokenDaysLeft: lasting === null ? null : daysLeft(lasting, now),
  }
}

async function readTokens(ctx: Context): Promise<Credential[]> {
  const tokens = await ctx.db.scimToken.findMany({
    where: { orgId: ctx.orgId },
    select: { id: true, expiresAt: true, revokedAt: true },
    orderBy: { id: 'desc' },
    take: 50,
  })
  return tokens.map(({ id, ...life }) => ({ tokenId: id, ...life }))
}

async function readClients(ctx: Context, now: Date): Promise<Credential[]> {
  const clients = await ctx.db.oauthClient.findMany({
    where: { orgId: ctx.orgId },
    select: {
      authentication: true,
      revokedAt: true,
      secrets: { select: { expiresAt: true, revokedAt: true } },
    },
    orderBy: { id: 'desc' },
    take: 50,
  })
  return clients.map(client => ({
    tokenId: null,
    revokedAt: client.revokedAt,
    expiresAt: endOfClient(client, now),
  }))
}

function endOf({ expiresAt }: TokenLife): number {
  return expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
}
