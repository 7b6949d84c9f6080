// The organization demands the second step of owner and admins who sign in by password, or no longer does.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact } from '#server/domain/transact.ts'
import { noMasterKey } from './refusals.ts'

/** Sessions go on; the next sign-in asks. Throws `two-step/no-master-key`, `sessions/reauthenticate`. */
export async function requireTwoStep(ctx: Context, { required }: { required: boolean }): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  if (required && ctx.vault === null) throw noMasterKey()
  await transact(ctx, async tx => {
    const { count } = await tx.db.organization.updateMany({
      where: { id: tx.orgId, requireTwoStep: !required },
      data: { requireTwoStep: required, updatedAt: tx.clock.now() },
    })
    if (count === 1)
      tx.note({ action: 'two_step.require', before: { required: !required }, after: { required } })
  })
}
