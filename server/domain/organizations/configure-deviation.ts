// Switches one departure from the standard to strict, or tolerates it again.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import { isDeviation } from '#server/scim/index.ts'
import { lockOrganization } from './lock-organization.sql.ts'
import { demandEntitlement } from './rules/entitlements.ts'
import { provisioningSettings } from './rules/provisioning-settings.ts'

export interface ConfigureDeviationInput {
  /** Such as `boolean-as-text`. */
  readonly deviation: string
  /** True refuses it from now on, false tolerates it. */
  readonly strict: boolean
}

/** Throws `organizations/unknown-deviation`, `organizations/not-in-plan`. The same again changes nothing. */
export async function configureDeviation(ctx: Context, input: ConfigureDeviationInput): Promise<void> {
  demand(ctx.actor, 'provisioning:write')
  const { deviation, strict } = input
  if (!isDeviation(deviation)) {
    const message = 'There is no such deviation. Take an id from the list of tolerated deviations.'
    throw invalidInput('organizations/unknown-deviation', [{ path: 'deviation', message }])
  }
  await transact(ctx, async tx => {
    await lockOrganization(tx.sql)
    const organization = await tx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
    demandEntitlement(organization, 'scim')
    const settings = provisioningSettings(organization.provisioning)
    const was = settings.refusedDeviations.includes(deviation)
    if (was === strict) return
    const others = settings.refusedDeviations.filter(each => each !== deviation)
    const refusedDeviations = strict ? [...others, deviation] : others
    await tx.db.organization.update({
      where: { id: ctx.orgId },
      data: { provisioning: { ...settings, refusedDeviations }, updatedAt: ctx.clock.now() },
    })
    tx.record({ type: 'provisioning.configured', detail: {} })
    tx.note({
      action: 'provisioning.configure-deviation',
      subjectKind: 'deviation',
      subjectId: deviation,
      before: { strict: was },
      after: { strict },
    })
  })
}
