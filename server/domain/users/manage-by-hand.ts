// People are managed by hand only while no identity provider manages them.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { DomainError } from '#server/domain/error.ts'

/** Demands the right to change people, and that SCIM is not enforced. */
export async function manageByHand(ctx: Context): Promise<void> {
  demand(ctx.actor, 'users:write')
  const organization = await ctx.db.organization.findUniqueOrThrow({ where: { id: ctx.orgId } })
  if (organization.scimEnforced) throw managedByIdentityProvider()
}

/** `users/managed-by-idp`. */
export function managedByIdentityProvider(): DomainError {
  return new DomainError({
    kind: 'managed-by-idp',
    code: 'users/managed-by-idp',
    message:
      'Managed by your identity provider. Change this person there; while "Enforce SCIM for my organization" is on, ' +
      'it is the only source of people.',
  })
}
