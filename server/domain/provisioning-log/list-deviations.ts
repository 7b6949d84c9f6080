// Which departures from the standard the connections of an organization needed, and which are refused.
import type { DeviationUse } from '#prisma/client.ts'
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { deviations, type Deviation } from '#server/scim/index.ts'
import { provisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'

export interface ListedDeviation extends Deviation {
  /** Refused although strict mode may be off. */
  readonly strict: boolean
  /** One for each connection that needed it, the latest first. */
  readonly uses: readonly DeviationUse[]
}

/** Those that were needed or are refused; the latest seen first, those never seen last. */
export async function listDeviations(
  ctx: Context,
  input: { provisioning: unknown },
): Promise<readonly ListedDeviation[]> {
  demand(ctx.actor, 'provisioning:read')
  const { refusedDeviations } = provisioningSettings(input.provisioning)
  const uses = await ctx.db.deviationUse.findMany({
    where: { orgId: ctx.orgId },
    orderBy: [{ lastSeenAt: 'desc' }, { connectionId: 'asc' }],
  })
  const listed = deviations.map(deviation => ({
    ...deviation,
    strict: refusedDeviations.includes(deviation.id),
    uses: uses.filter(each => each.deviation === deviation.id),
  }))
  return listed
    .filter(each => each.strict || each.uses.length > 0)
    .sort((one, other) => seen(other) - seen(one))
}

function seen({ uses }: ListedDeviation): number {
  return uses[0]?.lastSeenAt.getTime() ?? 0
}
