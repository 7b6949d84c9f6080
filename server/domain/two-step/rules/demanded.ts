// Of whom an organization may demand the second step.
import type { Role } from '#server/domain/actor.ts'

/** Owner and admins, when they sign in by password. */
export function isDemandedOf(role: Role, organization: { readonly requireTwoStep: boolean }): boolean {
  return organization.requireTwoStep && (role === 'owner' || role === 'admin')
}
