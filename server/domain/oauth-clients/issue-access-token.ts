// Gives an authenticated client an access token; the token is in this answer and nowhere else.
import type { Context } from '#server/domain/context.ts'
import { demandScim } from '#server/domain/scim-tokens/demand-scim.ts'
import { hashSecret, mintSecret } from '#server/domain/secrets/secret.ts'
import type { AuthenticatedClient } from './authenticate-client.ts'

export interface AccessToken {
  readonly token: string
  /** Seconds from now. */
  readonly expiresIn: number
}

/**
 * Makes an access token for SCIM. It never outlives the secret it was given for. Throws
 * `organizations/not-in-plan` and `scim-tokens/scim-off`.
 */
export async function issueAccessToken(
  ctx: Context,
  input: { client: AuthenticatedClient },
): Promise<AccessToken> {
  const { id: clientId, accessTokenMinutes, secret, keyThumbprint } = input.client
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  demandScim({ ...organization, scim_enforced: organization.scimEnforced })
  const now = ctx.clock.now()
  const wanted = now.getTime() + accessTokenMinutes * 60_000
  const expiresAt = new Date(Math.min(wanted, secret?.expiresAt.getTime() ?? wanted))
  const token = mintSecret('access', organization.key)
  await ctx.db.oauthAccessToken.create({
    data: {
      orgId: ctx.orgId,
      hash: hashSecret(token),
      clientId,
      secretId: secret?.id ?? null,
      keyThumbprint,
      createdAt: now,
      expiresAt,
    },
  })
  return { token: token.text, expiresIn: Math.floor((expiresAt.getTime() - now.getTime()) / 1_000) }
}
