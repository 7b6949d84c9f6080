// Stores a new organization with its counter rows.
import { randomBytes } from 'node:crypto'
import type { InstallationContext } from '#server/domain/context.ts'
import { mintOrgKey } from '#server/domain/secrets/secret.ts'
import type { Plan } from './rules/entitlements.ts'

export interface NewOrganization {
  readonly name: string
  readonly ownerEmail: string | null
  readonly plan: Plan
  readonly seatLimit: number | null
  readonly requireSso: boolean
}

/** Inserts the rows that every organization has; answers its id. */
export async function insertOrganization(
  ctx: InstallationContext,
  organization: NewOrganization,
): Promise<string> {
  const id = ctx.clock.newId()
  const now = ctx.clock.now()
  await ctx.installation.organization.create({
    data: {
      ...organization,
      id,
      key: mintOrgKey(),
      createdAt: now,
      updatedAt: now,
      stream: { create: { epoch: ctx.clock.newId() } },
      exchangeStream: { create: { epoch: ctx.clock.newId() } },
      cursorSecret: { create: { secret: randomBytes(32) } },
    },
  })
  return id
}
