// Switches SCIM on or off for an organization. Nobody changes state by it.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { demandSsoFirst } from '#server/domain/sso/rules/first.ts'
import { demandEntitlement } from './rules/entitlements.ts'

/**
 * While on, the identity provider is the only source of people. Off needs no entitlement. Throws `sso/first` while single
 * sign-on is demanded and not tested.
 */
export async function enforceProvisioning(ctx: Context, input: { enforced: boolean }): Promise<void> {
  demand(ctx.actor, 'provisioning:write')
  await transact(ctx, async tx => {
    const organization = await tx.db.organization.findUniqueOrThrow({
      where: { id: ctx.orgId },
      include: { ssoConnection: { select: { status: true } } },
    })
    if (input.enforced) demandEntitlement(organization, 'scim')
    if (input.enforced) demandSsoFirst(organization)
    if (organization.scimEnforced === input.enforced) return
    const now = ctx.clock.now()
    await tx.db.organization.update({
      where: { id: ctx.orgId },
      data: { scimEnforced: input.enforced, scimEnforcedAt: input.enforced ? now : null, updatedAt: now },
    })
    tx.record({ type: input.enforced ? 'provisioning.enforced' : 'provisioning.released', detail: {} })
    tx.note({
      action: 'provisioning.enforce',
      before: { enforced: organization.scimEnforced },
      after: { enforced: input.enforced },
    })
  })
}
