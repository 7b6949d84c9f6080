// The client that an admin is about to change, locked, or the refusal.
import type { OauthClient } from '#prisma/client.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { revokedClient, unknownClient } from './unknown-client.ts'

/** Locks the client's row until the transaction ends. Throws `oauth-clients/unknown`, `oauth-clients/revoked`. */
export async function findLiveClient(tx: Transaction, clientId: string): Promise<OauthClient> {
  const touched = await tx.db.oauthClient.updateManyAndReturn({
    where: { orgId: tx.orgId, id: clientId },
    data: { id: clientId },
  })
  const client = touched[0]
  if (client === undefined) throw unknownClient()
  if (client.revokedAt !== null) throw revokedClient()
  return client
}
