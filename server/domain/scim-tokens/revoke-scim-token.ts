// Ends a token at once; people keep their access, only the identity provider's calls are refused from now on.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { unknownToken } from './unknown-token.ts'

/** Revokes; revoking twice is the same as once. Throws `scim-tokens/unknown`, `actor/not-permitted`. */
export async function revokeScimToken(ctx: Context, input: { tokenId: string }): Promise<void> {
  demand(ctx.actor, 'tokens:write')
  await transact(ctx, async tx => {
    const key = { orgId_id: { orgId: ctx.orgId, id: input.tokenId } }
    const token = await tx.db.scimToken.findUnique({ where: key })
    if (token === null) throw unknownToken()
    if (token.revokedAt !== null) return
    await tx.db.scimToken.update({ where: key, data: { revokedAt: ctx.clock.now() } })
    tx.record({ type: 'scim_token.revoked', detail: { subject: token.name } })
    tx.note({
      action: 'scim_token.revoke',
      subjectKind: 'scim_token',
      subjectId: token.id,
      before: { name: token.name },
    })
    await settleNotices(tx)
  })
}
