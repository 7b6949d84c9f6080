// What tokens and OAuth clients mean for health: whether one opens the door, and which of them lasts longest.
import { daysLeft, isLive } from '#server/domain/scim-tokens/rules/token.ts'

interface Credential {
  readonly token_id: string | null
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}

export interface CredentialSigns {
  /** Whether a token or client that opens the door exists, and whether one ever did. */
  readonly token: { readonly live: boolean; readonly ever: boolean }
  /** The token that lasts longest; null when it is an OAuth client. */
  readonly tokenId: string | null
  readonly tokenDaysLeft: number | null
}

/** The signs, at this moment. */
export function credentialSigns(rows: readonly Credential[], now: Date): CredentialSigns {
  const live = rows.filter(row => isLive({ expiresAt: row.expires_at, revokedAt: row.revoked_at }, now))
  const lasting = live.reduce<Credential | null>((best, row) => {
    return best === null || endOf(row) > endOf(best) ? row : best
  }, null)
  return {
    token: { live: lasting !== null, ever: rows.length > 0 },
    tokenId: lasting?.token_id ?? null,
    tokenDaysLeft:
      lasting === null ? null : daysLeft({ expiresAt: lasting.expires_at, revokedAt: null }, now),
  }
}

function endOf({ expires_at: end }: Credential): number {
  return end?.getTime() ?? Number.POSITIVE_INFINITY
}
