// What anyone who knows an organization's base URL may learn from discovery (RFC 7644 section 4).
import type { Context } from '#server/domain/context.ts'
import { provisioningSettings } from './rules/provisioning-settings.ts'

/** An organization that does not exist looks like a new one. */
export async function tellFeatures(
  ctx: Context,
  _input: Record<string, never> = {},
): Promise<{ acceptsGroups: boolean; strict: boolean }> {
  const organization = await ctx.db.organization.findUnique({
    where: { id: ctx.orgId },
    select: { provisioning: true },
  })
  const { acceptsGroups, strict } = provisioningSettings(organization?.provisioning)
  return { acceptsGroups, strict }
}
