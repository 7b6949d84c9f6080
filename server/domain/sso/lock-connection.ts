// Keeps the connection of an organization for oneself, whether there is one or not.
import type { SsoConnection as Row } from '#prisma/client.ts'
import { lockOrganization } from '#server/domain/organizations/lock-organization.sql.ts'
import type { Transaction } from '#server/domain/transact.ts'

/** Until the end of the transaction; null without a connection. */
export async function lockConnection(
  tx: Transaction,
  _input: Record<string, never> = {},
): Promise<Row | null> {
  await lockOrganization(tx.sql)
  return tx.db.ssoConnection.findUnique({ where: { orgId: tx.orgId } })
}
