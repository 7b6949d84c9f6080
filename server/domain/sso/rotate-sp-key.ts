// Begins a change-over of our own key: the next one stands beside the old one until that is removed.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { newSpKey } from './new-sp-key.ts'
import { ownConnection } from './own-connection.ts'
import { keyMissing } from './rules/key-missing.ts'

/** Both are in our metadata, both open assertions, the old one signs. Throws `sessions/reauthenticate`, `sso/no-key`, `sso/none`, `sso/key-change-open`. */
export async function rotateSpKey(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  const { orgId, vault } = ctx
  if (vault === null) throw keyMissing()
  const made = await newSpKey(ctx, vault)
  await transact(ctx, async tx => {
    await ownConnection(tx)
    if ((await tx.db.samlKey.count({ where: { orgId } })) > 1) throw changeOpen()
    await tx.db.samlKey.create({ data: made })
    tx.note({ action: 'sso.rotate_key' })
  })
}

function changeOpen(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/key-change-open',
    message:
      'Two keys are in use already. Remove the old one first, when the identity provider has the certificate of the new one.',
  })
}
