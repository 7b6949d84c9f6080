// Tells whose bearer token this is, an admin's or a fetched one. Anything wrong with a token is one answer; the reason stays with us.
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'
import type { Context } from '#server/domain/context.ts'
import { authenticateAccessToken } from '#server/domain/oauth-clients/authenticate-access-token.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'
import { hashSecret, parseSecret, sameHash, type Secret } from '#server/domain/secrets/secret.ts'
import { beginTokenUse } from './begin-token-use.ts'
import { demandScim } from './demand-scim.ts'
import { readToken, type TokenRow } from './read-token.sql.ts'
import type { Authentication, TokenFault } from './rules/authentication.ts'
import { isLive } from './rules/token.ts'

/**
 * Checks a bearer token against the context's organization. Malformed ones cost no database visit. Throws
 * `organizations/not-in-plan` and `scim-tokens/scim-off` for a good token whose organization may not use SCIM now.
 * A `trial` is no use of the token: one that it replaced at its first use stays good.
 */
export async function authenticateToken(
  ctx: Context,
  input: { bearer: string | null; trial?: boolean },
): Promise<Authentication> {
  if (input.bearer === null) return { fault: 'missing', token: null }
  const secret = parseSecret(input.bearer)
  if (secret?.kind === 'access') return authenticateAccessToken(ctx, { secret })
  if (secret?.kind !== 'scim') return { fault: 'malformed', token: null }
  return authenticateScimToken(ctx, secret, input.trial === true)
}

async function authenticateScimToken(ctx: Context, secret: Secret, trial: boolean): Promise<Authentication> {
  const hash = hashSecret(secret)
  const row = await readToken(ctx.sql, hash)
  if (row === null || !sameHash(row.hash, hash)) return { fault: 'unknown', token: null }
  const fault = faultOf(row, ctx.clock.now())
  if (fault !== null) return { fault, token: { id: row.id, name: row.name } }
  demandScim(row)
  if (row.first_used_at === null && !trial) await beginTokenUse(ctx, { tokenId: row.id })
  return {
    fault: null,
    via: 'scim-token',
    tokenId: row.id,
    tokenName: row.name,
    settings: provisioningSettings(row.provisioning),
    graceDays: row.deletion_grace_days,
    groupsInPlan: entitlementsOf(row).groups,
  }
}

function faultOf(row: TokenRow, now: Date): TokenFault | null {
  if (row.revoked_at !== null) return 'revoked'
  return isLive({ expiresAt: row.expires_at, revokedAt: null }, now) ? null : 'expired'
}
