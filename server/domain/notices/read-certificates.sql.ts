// The certificates with which people's sign-ins are checked now.
import type { Sql, Statement } from '#server/domain/context.ts'

const read: Statement = {
  name: 'read-used-certificates',
  text: `SELECT certificates FROM sso_connections WHERE org_id = $1 AND status IN ('tested', 'enforced')`,
}

/** Base64 of DER; none while nobody signs in through an identity provider. */
export async function readCertificates(sql: Sql): Promise<string[]> {
  const [row] = await sql.run<{ certificates: string[] }>(read, [])
  return row?.certificates ?? []
}
