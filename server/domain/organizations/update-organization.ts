// The operator changes an organization's name, plan, flags or seats.
import type { Prisma } from '#prisma/client.ts'
import { demandOperator } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { transact } from '#server/domain/transact.ts'
import type { Entitlement, Plan } from './rules/entitlements.ts'
import { organizationName } from './rules/organization-name.ts'
import { unknownOrganization } from './unknown-organization.ts'

export interface UpdateOrganizationInput {
  readonly name?: string | null
  readonly plan?: Plan | null
  readonly seats?: number | null
  readonly unlimitedSeats?: boolean | null
  readonly requireSso?: boolean | null
  readonly entitlements?: Partial<Record<Entitlement, boolean | null>> | null
}

/**
 * Changes what is given, leaves the rest. Fewer seats than people hold are allowed: nobody is removed, and nobody
 * new gets in until seats are free. Throws `organizations/unknown`, `organizations/bad-input`.
 */
export async function updateOrganization(ctx: Context, input: UpdateOrganizationInput): Promise<void> {
  demandOperator(ctx.actor)
  if (typeof input.seats === 'number' && input.seats < 1) {
    throw invalidInput('organizations/bad-input', [{ path: 'seats', message: 'Give at least one seat.' }])
  }
  await transact(ctx, async tx => {
    const before = await tx.db.organization.findUnique({ where: { id: ctx.orgId } })
    if (before === null) throw unknownOrganization()
    const data = changesOf(input, before.entitlements)
    await tx.db.organization.update({
      where: { id: ctx.orgId },
      data: { ...data, updatedAt: ctx.clock.now() },
    })
    const asked = Object.keys(data) as (keyof typeof data)[]
    // What the plan allows is part of what everybody knows of the mapping.
    tx.remap()
    tx.note({
      action: 'organization.update',
      subjectKind: 'organization',
      subjectId: ctx.orgId,
      before: plain(Object.fromEntries(asked.map(key => [key, before[key]]))),
      after: plain(data),
    })
  })
}

function plain(values: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(values)) as Prisma.InputJsonObject
}

function changesOf(input: UpdateOrganizationInput, stored: unknown) {
  const flags = Object.entries(input.entitlements ?? {}).filter(([, value]) => typeof value === 'boolean')
  const entitlements = { ...(stored as Prisma.InputJsonObject), ...Object.fromEntries(flags) }
  return {
    ...(input.name ? { name: organizationName(input.name) } : {}),
    ...(input.plan ? { plan: input.plan } : {}),
    ...(typeof input.requireSso === 'boolean' ? { requireSso: input.requireSso } : {}),
    ...(typeof input.seats === 'number' ? { seatLimit: input.seats } : {}),
    ...(input.unlimitedSeats ? { seatLimit: null } : {}),
    ...(flags.length > 0 ? { entitlements } : {}),
  }
}
