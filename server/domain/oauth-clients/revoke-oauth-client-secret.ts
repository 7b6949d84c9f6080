// Ends a client secret at once, and with it every access token that was given for it.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { unknownSecret } from './unknown-client.ts'

/** Revokes; twice is the same as once. Throws `oauth-clients/unknown-secret`, `actor/not-permitted`. */
export async function revokeOauthClientSecret(
  ctx: Context,
  input: { secretId: string },
): Promise<{ clientId: string }> {
  demand(ctx.actor, 'tokens:write')
  return transact(ctx, async tx => {
    const key = { orgId_id: { orgId: ctx.orgId, id: input.secretId } }
    const secret = await tx.db.oauthClientSecret.findUnique({
      where: key,
      include: { client: { select: { name: true } } },
    })
    if (secret === null) throw unknownSecret()
    const { clientId } = secret
    if (secret.revokedAt !== null) return { clientId }
    await tx.db.oauthClientSecret.update({ where: key, data: { revokedAt: ctx.clock.now() } })
    tx.record({ type: 'oauth_client.secret_revoked', detail: { subject: secret.client.name } })
    tx.note({
      action: 'oauth_client.revoke_secret',
      subjectKind: 'oauth_client',
      subjectId: clientId,
      before: { name: secret.client.name, secret: `${secret.prefix}…${secret.suffix}` },
    })
    await settleNotices(tx)
    return { clientId }
  })
}
