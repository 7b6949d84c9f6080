// What goes when an organization's SCIM configuration goes: tokens, OAuth clients, mapping, links; people stay.
import { forgetMapping } from '#server/domain/group-mappings/forget-mapping.ts'
import type { Transaction } from '#server/domain/transact.ts'
import { settleNotices } from '#server/domain/notices/settle-notices.ts'

/** Switches SCIM off and deletes what it was set up with. */
export async function removeProvisioning(tx: Transaction, _input: Record<string, never> = {}): Promise<void> {
  const { orgId } = tx
  const now = tx.clock.now()
  const memberships = await forgetMapping(tx, {})
  const tokens = await tx.db.scimToken.deleteMany({ where: { orgId: orgId } })
  await tx.db.deviationUse.deleteMany({ where: { orgId: orgId } })
  const clients = await tx.db.oauthClient.deleteMany({ where: { orgId: orgId } })
  const linked = { orgId: orgId, linkedAt: { not: null } }
  const people = await tx.db.user.updateMany({
    where: linked,
    data: { linkedAt: null, revision: { increment: 1 } },
  })
  await tx.db.organization.update({
    where: { id: orgId },
    data: { scimEnforced: false, scimEnforcedAt: null, provisioning: {}, updatedAt: now },
  })
  tx.record({ type: 'provisioning.deleted', detail: {} })
  tx.note({
    action: 'provisioning.delete',
    after: { tokens: tokens.count, oauthClients: clients.count, unlinked: people.count, memberships },
  })
  await settleNotices(tx)
}
