// Finds a token with everything the SCIM door must know of its organization: one index read a request.
import type { Sql, Statement } from '#server/domain/context.ts'
import { shareReads } from '#server/domain/share-reads.ts'

export interface TokenRow {
  readonly id: string
  readonly name: string
  readonly hash: Buffer
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
  readonly first_used_at: Date | null
  readonly plan: string
  readonly entitlements: unknown
  readonly scim_enforced: boolean
  readonly provisioning: unknown
  readonly deletion_grace_days: number
}

const read: Statement = {
  name: 'read-token',
  brief: true,
  text: `SELECT t.id, t.name, t.hash, t.expires_at, t.revoked_at, t.first_used_at, o.plan, o.entitlements,
                o.scim_enforced, o.provisioning, o.deletion_grace_days
           FROM scim_tokens t JOIN organizations o ON o.id = t.org_id
          WHERE t.org_id = $1 AND t.hash = $2`,
}

/** The token with this hash in the statement's organization; calls that come together are answered together. */
export const readToken = shareReads(async (sql: Sql, hash: Uint8Array): Promise<TokenRow | null> => {
  const rows = await sql.run<TokenRow>(read, [Buffer.from(hash)])
  return rows[0] ?? null
})
