// Lets people in through the identity provider only, or lets passwords in again.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { changedBy } from './rules/changed.ts'
import { ownConnection } from './own-connection.ts'

/**
 * Enforcing needs a passed test and an owner with recovery codes, who is the way back when the identity provider fails.
 * Throws `sso/none`, `sso/not-tested`, `sso/no-recovery-codes`, `organizations/not-in-plan`.
 */
export async function enforceSso(ctx: Context, input: { enforced: boolean }): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  await transact(ctx, async tx => {
    const { status } = await ownConnection(tx)
    if ((status === 'enforced') === input.enforced) return
    if (input.enforced) await demandReady(tx, status)
    await tx.db.ssoConnection.update({
      where: { orgId: tx.orgId },
      data: {
        status: input.enforced ? 'enforced' : 'tested',
        enforcedAt: input.enforced ? tx.clock.now() : null,
        ...changedBy(tx.actor, tx.clock.now()),
      },
    })
    tx.note({
      action: 'sso.enforce',
      before: { enforced: !input.enforced },
      after: { enforced: input.enforced },
    })
  })
}

async function demandReady(tx: Transaction, status: string): Promise<void> {
  demandEntitlement(await tx.db.organization.findUniqueOrThrow({ where: { id: tx.orgId } }), 'sso')
  if (status !== 'tested') {
    const message = 'Test the connection first. When the test has passed, single sign-on can be enforced.'
    throw new DomainError({ kind: 'conflict', code: 'sso/not-tested', message })
  }
  const codes = await tx.db.recoveryCode.count({
    where: { orgId: tx.orgId, usedAt: null, user: { role: 'owner' } },
  })
  if (codes > 0) return
  const message =
    'The owner has no recovery codes. They must download them first: they are the way in when the identity provider fails.'
  throw new DomainError({ kind: 'conflict', code: 'sso/no-recovery-codes', message })
}
