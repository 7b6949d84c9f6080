// Ends an API key at once.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'

/** Revokes; revoking twice is the same as once. Throws `api-keys/unknown`, `actor/not-permitted`. */
export async function revokeApiKey(ctx: Context, input: { keyId: string }): Promise<void> {
  demand(ctx.actor, 'api-keys:write')
  await transact(ctx, async tx => {
    const key = { orgId_id: { orgId: ctx.orgId, id: input.keyId } }
    const found = await tx.db.apiKey.findUnique({ where: key })
    if (found === null) {
      throw new DomainError({
        kind: 'not-found',
        code: 'api-keys/unknown',
        message: 'There is no such API key in this organization. Reload the page to see the current ones.',
      })
    }
    if (found.revokedAt !== null) return
    await tx.db.apiKey.update({ where: key, data: { revokedAt: ctx.clock.now() } })
    tx.note({
      action: 'api_key.revoke',
      subjectKind: 'api_key',
      subjectId: found.id,
      before: { name: found.name },
    })
    await settleNotices(tx)
  })
}
