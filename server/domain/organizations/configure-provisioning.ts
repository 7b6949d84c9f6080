// Changes how SCIM behaves for an organization: grace period, log retention, tolerance.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput, type InvalidField } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { demandEntitlement } from './rules/entitlements.ts'
import { lockOrganization } from './lock-organization.sql.ts'
import { provisioningSettings, type ProvisioningSettings } from './rules/provisioning-settings.ts'

/** Deviations are switched one by one: `configureDeviation`. */
type Settings = Omit<ProvisioningSettings, 'refusedDeviations'>

export type ConfigureProvisioningInput = {
  readonly [name in keyof Settings]?: Settings[name] | null
} & {
  /** Days between deletion and purge, 0 to 90. */
  readonly deletionGraceDays?: number | null
  /** Days the logs are kept, 1 to 730. */
  readonly logRetentionDays?: number | null
}

/** Changes what is given. Throws `organizations/bad-provisioning-settings`, `organizations/not-in-plan`. */
export async function configureProvisioning(ctx: Context, input: ConfigureProvisioningInput): Promise<void> {
  demand(ctx.actor, 'provisioning:write')
  check(input)
  await transact(ctx, async tx => {
    await lockOrganization(tx.sql)
    const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
    demandEntitlement(organization, 'scim')
    const before = provisioningSettings(organization.provisioning)
    const after: ProvisioningSettings = {
      ...before,
      strict: input.strict ?? before.strict,
      patchAnswersNoContent: input.patchAnswersNoContent ?? before.patchAnswersNoContent,
      userNameMustBeEmail: input.userNameMustBeEmail ?? before.userNameMustBeEmail,
      acceptsGroups: input.acceptsGroups ?? before.acceptsGroups,
      unknownMembers: input.unknownMembers ?? before.unknownMembers,
    }
    const days = {
      deletionGraceDays: input.deletionGraceDays ?? organization.deletionGraceDays,
      logRetentionDays: input.logRetentionDays ?? organization.logRetentionDays,
    }
    await tx.db.organization.update({
      where: { id: ctx.orgId },
      data: { ...days, provisioning: { ...after }, updatedAt: ctx.clock.now() },
    })
    const { deletionGraceDays, logRetentionDays } = organization
    tx.record({ type: 'provisioning.configured', detail: {} })
    tx.note({
      action: 'provisioning.configure',
      before: { ...before, deletionGraceDays, logRetentionDays },
      after: { ...after, ...days },
    })
  })
}

function check(input: ConfigureProvisioningInput): void {
  const fields: InvalidField[] = []
  const grace = input.deletionGraceDays ?? 0
  const retention = input.logRetentionDays ?? 1
  if (grace < 0 || grace > 90) {
    fields.push({ path: 'deletionGraceDays', message: 'Choose a grace period of 0 to 90 days.' })
  }
  if (retention < 1 || retention > 730) {
    fields.push({ path: 'logRetentionDays', message: 'Keep the log for 1 to 730 days.' })
  }
  if (fields.length > 0) throw invalidInput('organizations/bad-provisioning-settings', fields)
}
