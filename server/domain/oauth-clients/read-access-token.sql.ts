// Finds an access token with its client, its secret and what the SCIM door must know of the organization.
import type { Sql, Statement } from '#server/domain/context.ts'
import { shareReads } from '#server/domain/share-reads.ts'

export interface AccessTokenRow {
  readonly client_id: string
  readonly client_name: string
  readonly hash: Buffer
  readonly expires_at: Date
  /** When client or secret was ended by hand. */
  readonly revoked_at: Date | null
  readonly plan: string
  readonly entitlements: unknown
  readonly scim_enforced: boolean
  readonly provisioning: unknown
  readonly deletion_grace_days: number
}

const read: Statement = {
  name: 'read-access-token',
  brief: true,
  text: `SELECT c.id AS client_id, c.name AS client_name, t.hash, t.expires_at,
                COALESCE(c.revoked_at, s.revoked_at) AS revoked_at, o.plan, o.entitlements, o.scim_enforced,
                o.provisioning, o.deletion_grace_days
           FROM oauth_access_tokens t
           JOIN oauth_clients c ON c.org_id = t.org_id AND c.id = t.client_id
           LEFT JOIN oauth_client_secrets s ON s.org_id = t.org_id AND s.id = t.secret_id
           JOIN organizations o ON o.id = t.org_id
          WHERE t.org_id = $1 AND t.hash = $2`,
}

/** The access token with this hash in the statement's organization; calls that come together are answered together. */
export const readAccessToken = shareReads(
  async (sql: Sql, hash: Uint8Array): Promise<AccessTokenRow | null> => {
    const rows = await sql.run<AccessTokenRow>(read, [Buffer.from(hash)])
    return rows[0] ?? null
  },
)
