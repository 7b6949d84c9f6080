// Tells whose access token this is; revoking client or secret ends it with the next call.
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'
import type { Context } from '#server/domain/context.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Authentication } from '#server/domain/scim-tokens/rules/authentication.ts'
import { demandScim } from '#server/domain/scim-tokens/demand-scim.ts'
import { hashSecret, sameHash, type Secret } from '#server/domain/secrets/secret.ts'
import { readAccessToken, type AccessTokenRow } from './read-access-token.sql.ts'

/**
 * Checks a well-formed access token against the context's organization; to the log it goes by the name of its
 * client. Throws `organizations/not-in-plan` and `scim-tokens/scim-off` as for bearer tokens.
 */
export async function authenticateAccessToken(
  ctx: Context,
  input: { secret: Secret },
): Promise<Authentication> {
  const hash = hashSecret(input.secret)
  const row = await readAccessToken(ctx.sql, hash)
  if (row === null || !sameHash(row.hash, hash)) return { fault: 'unknown', token: null }
  const token = { id: row.client_id, name: row.client_name }
  const fault = faultOf(row, ctx.clock.now())
  if (fault !== null) return { fault, token }
  demandScim(row)
  return {
    fault: null,
    via: 'oauth-client',
    tokenId: token.id,
    tokenName: token.name,
    settings: provisioningSettings(row.provisioning),
    graceDays: row.deletion_grace_days,
    groupsInPlan: entitlementsOf(row).groups,
  }
}

function faultOf(row: AccessTokenRow, now: Date): 'revoked' | 'expired' | null {
  if (row.revoked_at !== null) return 'revoked'
  return row.expires_at > now ? null : 'expired'
}
