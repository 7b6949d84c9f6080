// Tells whose bearer token this is. Anything wrong with a token is one answer; the reason stays with us.
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import {
  provisioningSettings,
  type ProvisioningSettings,
} from '#server/domain/organizations/rules/provisioning-settings.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { hashSecret, parseSecret, sameHash } from '#server/domain/secrets/secret.ts'
import { beginTokenUse } from './begin-token-use.ts'
import { readToken, type TokenRow } from './read-token.sql.ts'
import { isLive } from './rules/token.ts'

export type TokenFault = 'missing' | 'malformed' | 'unknown' | 'expired' | 'revoked'

export interface AuthenticatedToken {
  readonly tokenId: string
  readonly tokenName: string
  readonly settings: ProvisioningSettings
  readonly graceDays: number
}

/** What the door may tell its log when a token is refused. */
export type Authentication =
  | { readonly fault: TokenFault; readonly token: { id: string; name: string } | null }
  | ({ readonly fault: null } & AuthenticatedToken)

/**
 * Checks a bearer token against the context's organization. Malformed ones cost no database visit. Throws
 * `organizations/not-in-plan` and `scim-tokens/scim-off` for a good token whose organization may not use SCIM now.
 */
export async function authenticateToken(
  ctx: Context,
  input: { bearer: string | null },
): Promise<Authentication> {
  if (input.bearer === null) return { fault: 'missing', token: null }
  const secret = parseSecret(input.bearer)
  if (secret?.kind !== 'scim') return { fault: 'malformed', token: null }
  const hash = hashSecret(secret)
  const row = await readToken(ctx.sql, hash)
  if (row === null || !sameHash(row.hash, hash)) return { fault: 'unknown', token: null }
  const fault = faultOf(row, ctx.clock.now())
  if (fault !== null) return { fault, token: { id: row.id, name: row.name } }
  demandScim(row)
  if (row.first_used_at === null) await beginTokenUse(ctx, { tokenId: row.id })
  return {
    fault: null,
    tokenId: row.id,
    tokenName: row.name,
    settings: provisioningSettings(row.provisioning),
    graceDays: row.deletion_grace_days,
  }
}

function faultOf(row: TokenRow, now: Date): TokenFault | null {
  if (row.revoked_at !== null) return 'revoked'
  return isLive({ expiresAt: row.expires_at, revokedAt: null }, now) ? null : 'expired'
}

function demandScim(row: TokenRow): void {
  demandEntitlement(row, 'scim')
  if (row.scim_enforced) return
  throw new DomainError({
    kind: 'forbidden',
    code: 'scim-tokens/scim-off',
    message:
      'SCIM is switched off for this organization. An owner or admin can switch it on in Rollcall under ' +
      'Login > User provisioning > "Enforce SCIM for my organization".',
  })
}
