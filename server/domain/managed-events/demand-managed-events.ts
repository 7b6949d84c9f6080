// Whether the organization's plan contains managed events, and locking what holders may edit.
import type { Db } from '#server/domain/context.ts'
import { demandEntitlement, entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'

/** Throws `organizations/not-in-plan`; with `locks` also when sections may not be locked. */
export async function demandManagedEvents(
  ctx: { readonly orgId: string; readonly db: Db },
  input: { locks: boolean },
): Promise<{ locks: boolean }> {
  const organization = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { plan: true, entitlements: true },
  })
  demandEntitlement(organization, 'managedEvents')
  if (input.locks) demandEntitlement(organization, 'managedEventLocks')
  return { locks: entitlementsOf(organization).managedEventLocks }
}
