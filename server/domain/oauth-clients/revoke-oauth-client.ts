// Ends a client for good, and with it its secrets and access tokens; people keep their access.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { unknownClient } from './unknown-client.ts'

/** Revokes; twice is the same as once. Throws `oauth-clients/unknown`, `actor/not-permitted`. */
export async function revokeOauthClient(ctx: Context, input: { clientId: string }): Promise<void> {
  demand(ctx.actor, 'tokens:write')
  await transact(ctx, async tx => {
    const key = { orgId_id: { orgId: ctx.orgId, id: input.clientId } }
    const client = await tx.db.oauthClient.findUnique({ where: key })
    if (client === null) throw unknownClient()
    if (client.revokedAt !== null) return
    await tx.db.oauthClient.update({ where: key, data: { revokedAt: ctx.clock.now() } })
    tx.record({ type: 'oauth_client.revoked', detail: { subject: client.name } })
    tx.note({
      action: 'oauth_client.revoke',
      subjectKind: 'oauth_client',
      subjectId: client.id,
      before: { name: client.name },
    })
    await settleNotices(tx)
  })
}
