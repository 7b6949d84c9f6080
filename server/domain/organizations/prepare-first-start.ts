// On an empty database: one organization and one setup link, however many servers start at the same moment.
import { demandOperator } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { isDuplicate } from '#server/domain/retryable.ts'
import { issueSetupLink } from '#server/domain/setup-links/issue-setup-link.ts'
import { insertOrganization } from './insert-organization.ts'

export const unnamedOrganization = 'My organization'

/** The secret of the first setup link, or null when the installation is set up or another server was faster. */
export async function prepareFirstStart(
  ctx: InstallationContext,
  _input: Record<string, never> = {},
): Promise<string | null> {
  demandOperator(ctx.actor)
  const existing = await ctx.installation.organization.findFirst({ select: { id: true } })
  if (existing !== null) return null
  try {
    const claim = { id: 1, orgId: ctx.clock.newId(), createdAt: ctx.clock.now() }
    await ctx.installation.installation.create({ data: claim })
  } catch (error) {
    if (isDuplicate(error)) return null
    throw error
  }
  const orgId = await insertOrganization(ctx, {
    name: unnamedOrganization,
    ownerEmail: null,
    plan: 'enterprise',
    seatLimit: null,
    requireSso: false,
  })
  await ctx.installation.installation.update({ where: { id: 1 }, data: { orgId } })
  const link = await issueSetupLink(ctx.within(orgId), {})
  return link.secret
}
