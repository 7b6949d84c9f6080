// Derives the key of a connection's cursors from the organization's secret, which never leaves the database.
import type { Sql, Statement } from '#server/domain/context.ts'

/** The secret has a fixed length and comes first; whoever does not know it can compute no key. */
const derive: Statement = {
  name: 'derive-cursor-key',
  text: `SELECT sha256(s.secret || convert_to(concat_ws('|', $2::text, o.plan, o.entitlements, o.provisioning,
                extract(epoch FROM o.scim_enforced_at)), 'UTF8')) AS key
           FROM organizations o JOIN cursor_secrets s ON s.org_id = o.id
          WHERE o.id = $1`,
}

/** The key of a connection, as the organization is set up now. */
export async function readConnectionKey(sql: Sql, connection: string): Promise<Uint8Array> {
  const [row] = await sql.run<{ key: Uint8Array }>(derive, [connection])
  if (row === undefined) throw new Error('The organization has no secret for its cursors.')
  return row.key
}
