// Removes an organization's SCIM configuration: tokens, OAuth clients and identity provider links go, people stay.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'

/** `confirmName` is the organization's exact name. Throws `organizations/name-differs`. */
export async function deleteProvisioningConfiguration(
  ctx: Context,
  input: { confirmName: string },
): Promise<void> {
  demand(ctx.actor, 'provisioning:write')
  await transact(ctx, async tx => {
    const { name } = await tx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
    if (name !== input.confirmName) {
      const message = `Type the organization's exact name, "${name}", to delete the SCIM configuration.`
      throw invalidInput('organizations/name-differs', [{ path: 'confirmName', message }])
    }
    const now = ctx.clock.now()
    const tokens = await tx.db.scimToken.deleteMany({ where: { orgId: ctx.orgId } })
    await tx.db.deviationUse.deleteMany({ where: { orgId: ctx.orgId } })
    const clients = await tx.db.oauthClient.deleteMany({ where: { orgId: ctx.orgId } })
    const linked = { orgId: ctx.orgId, linkedAt: { not: null } }
    const people = await tx.db.user.updateMany({
      where: linked,
      data: { linkedAt: null, revision: { increment: 1 } },
    })
    await tx.db.organization.update({
      where: { id: ctx.orgId },
      data: { scimEnforced: false, scimEnforcedAt: null, provisioning: {}, updatedAt: now },
    })
    tx.record({ type: 'provisioning.deleted', detail: {} })
    tx.note({
      action: 'provisioning.delete',
      after: { tokens: tokens.count, oauthClients: clients.count, unlinked: people.count },
    })
  })
}
