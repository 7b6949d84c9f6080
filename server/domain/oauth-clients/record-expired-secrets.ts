// Tells the provisioning log once that a client secret has expired, whichever server notices first.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'

/** Records `oauth_client.secret_expired` for every secret of a living client. Run by the server itself. */
export async function recordExpiredSecrets(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  const now = ctx.clock.now()
  const { orgId } = ctx
  const due = {
    orgId,
    revokedAt: null,
    expiryToldAt: null,
    expiresAt: { lte: now },
    client: { revokedAt: null },
  }
  const secrets = await ctx.db.oauthClientSecret.findMany({
    where: due,
    select: { id: true, client: { select: { name: true } } },
  })
  for (const { id, client } of secrets) {
    await transact(ctx, async tx => {
      const told = await tx.db.oauthClientSecret.updateMany({
        where: { orgId, id, expiryToldAt: null },
        data: { expiryToldAt: now },
      })
      if (told.count === 1)
        tx.record({ type: 'oauth_client.secret_expired', detail: { subject: client.name } })
    })
  }
}
