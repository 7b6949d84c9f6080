// Makes a one-time link through which an organization's owner is created.
import { demandOperator } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { demandNoOwner } from './demand-no-owner.ts'
import { insertSetupLink, type IssuedSetupLink } from './insert-setup-link.ts'

/** Issues a link, valid for 24 hours and once; older ones end. Throws `setup-links/has-owner`. */
export async function issueSetupLink(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<IssuedSetupLink> {
  demandOperator(ctx.actor)
  return transact(ctx, async tx => {
    await demandNoOwner(tx, {})
    const issued = await insertSetupLink(tx, {})
    tx.note({ action: 'setup_link.issue' })
    return issued
  })
}
