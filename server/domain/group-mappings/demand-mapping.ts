// Whether an organization may use group mapping.
import type { Connection } from '#server/domain/context.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'

/** Throws `organizations/not-in-plan` when the plan lacks groups or SCIM. */
export async function demandMapping(connection: Pick<Connection, 'db'> & { orgId: string }): Promise<void> {
  const organization = await connection.db.organization.findUniqueOrThrow({
    where: { id: connection.orgId },
    select: { plan: true, entitlements: true },
  })
  demandEntitlement(organization, 'groups')
  demandEntitlement(organization, 'scim')
}
