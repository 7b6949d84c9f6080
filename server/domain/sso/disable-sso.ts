// Switches single sign-on off and keeps its settings; provisioning that depends on it is suspended.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'
import { demandRecentProof } from '#server/domain/sessions/demand-recent-proof.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'
import { endSsoSessions } from './end-sso-sessions.ts'
import { changedBy } from './rules/changed.ts'
import { ownConnection } from './own-connection.ts'

/**
 * Ends the sessions that began through it. While SCIM is on and needs single sign-on, only with
 * `suspendProvisioning`: `sso/scim-depends` otherwise. A passed test switches it on again. Throws `sso/none`.
 */
export async function disableSso(ctx: Context, input: { suspendProvisioning: boolean }): Promise<void> {
  demand(ctx.actor, 'sso:write')
  await demandRecentProof(ctx)
  await transact(ctx, async tx => {
    const { status } = await ownConnection(tx)
    if (status === 'disabled') return
    const suspended = await suspend(tx, input.suspendProvisioning)
    await tx.db.ssoConnection.update({
      where: { orgId: tx.orgId },
      data: {
        status: 'disabled',
        enforcedAt: null,
        revision: { increment: 1 },
        ...changedBy(tx.actor, tx.clock.now()),
      },
    })
    const sessions = await endSsoSessions(tx)
    tx.note({
      action: 'sso.disable',
      before: { status },
      after: { sessions, provisioningSuspended: suspended },
    })
    await settleNotices(tx)
  })
}

async function suspend(tx: Transaction, agreed: boolean): Promise<boolean> {
  const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: tx.orgId } })
  if (!organization.requireSso || !organization.scimEnforced) return false
  if (!agreed) throw scimDepends()
  await tx.db.organization.update({
    where: { id: tx.orgId },
    data: { scimEnforced: false, scimEnforcedAt: null, updatedAt: tx.clock.now() },
  })
  tx.record({ type: 'provisioning.released', detail: {} })
  return true
}

function scimDepends(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'sso/scim-depends',
    message:
      'User provisioning needs single sign-on. Switching it off suspends SCIM: your identity provider can change nobody ' +
      'until both are on again; tokens and mapping are kept. Confirm that to go on.',
  })
}
