// The operator deletes an organization with everything in it, at once and for good.
import { demandOperator } from '#server/domain/actor.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { invalidInput } from '#server/domain/error.ts'
import { deleteOrganizationRows } from './delete-organization.sql.ts'
import { unknownOrganization } from './unknown-organization.ts'

export interface DeleteOrganizationInput {
  readonly organizationId: string
  /** The organization's exact name, typed as confirmation. */
  readonly confirmName: string
}

/** Throws `organizations/unknown`, `organizations/name-differs`, `actor/operator-only`. */
export async function deleteOrganization(
  ctx: InstallationContext,
  input: DeleteOrganizationInput,
): Promise<void> {
  demandOperator(ctx.actor)
  const organization = await ctx.installation.organization.findUnique({ where: { id: input.organizationId } })
  if (organization === null) throw unknownOrganization()
  if (organization.name !== input.confirmName) {
    const message = `Type the organization's exact name, "${organization.name}", to delete it.`
    throw invalidInput('organizations/name-differs', [{ path: 'confirmName', message }])
  }
  await deleteOrganizationRows(ctx.within(organization.id))
}
