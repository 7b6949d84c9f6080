// Whether the organization's plan contains groups.
import type { Db } from '#server/domain/context.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'

/** Throws `organizations/not-in-plan`. Answers whether an identity provider manages people now. */
export async function demandGroups(
  ctx: { readonly orgId: string; readonly db: Db },
  _input: Record<string, never>,
): Promise<{ scimEnforced: boolean }> {
  const organization = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { plan: true, entitlements: true, scimEnforced: true },
  })
  demandEntitlement(organization, 'groups')
  return { scimEnforced: organization.scimEnforced }
}
