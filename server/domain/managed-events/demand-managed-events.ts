// Whether the organization's plan contains managed events, locking what holders may edit, and groups to give them to.
import type { Db } from '#server/domain/context.ts'
import { demandEntitlement, entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'

/** Throws `organizations/not-in-plan`; with `locks` or `groups` also when that is missing. */
export async function demandManagedEvents(
  ctx: { readonly orgId: string; readonly db: Db },
  input: { locks: boolean; groups?: boolean },
): Promise<{ locks: boolean }> {
  const organization = await ctx.db.organization.findUniqueOrThrow({
    where: { id: ctx.orgId },
    select: { plan: true, entitlements: true },
  })
  demandEntitlement(organization, 'managedEvents')
  if (input.locks) demandEntitlement(organization, 'managedEventLocks')
  if (input.groups === true) demandEntitlement(organization, 'groups')
  return { locks: entitlementsOf(organization).managedEventLocks }
}
