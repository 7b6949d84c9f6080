// With what the identity provider may call: its latest bearer tokens and OAuth clients with their ends, in one statement.
import type { Sql, Statement } from '#server/domain/context.ts'

export interface CredentialRow {
  /** Null for an OAuth client. */
  readonly token_id: string | null
  /** Null for never; for a client the end of its secret that lasts longest, in the past when it has none. */
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
}

const read: Statement = {
  name: 'read-credentials',
  text: `(SELECT id AS token_id, expires_at, revoked_at FROM scim_tokens WHERE org_id = $1 ORDER BY id DESC LIMIT 50)
    UNION ALL
    (SELECT NULL::uuid, CASE c.authentication WHEN 'client_secret' THEN COALESCE(
              (SELECT max(s.expires_at) FROM oauth_client_secrets s
                WHERE s.org_id = $1 AND s.client_id = c.id AND s.revoked_at IS NULL), c.created_at) END, c.revoked_at
       FROM oauth_clients c WHERE c.org_id = $1 ORDER BY c.id DESC LIMIT 50)`,
}

/** The latest fifty of each kind. */
export function readCredentials(sql: Sql): Promise<CredentialRow[]> {
  return sql.run<CredentialRow>(read, [])
}
