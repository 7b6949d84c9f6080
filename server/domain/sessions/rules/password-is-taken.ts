// Where single sign-on is enforced, passwords let nobody in but the owner.
import type { Role } from '#server/domain/actor.ts'
import { entitlementsOf } from '#server/domain/organizations/rules/entitlements.ts'

interface SigningIn {
  readonly plan: string
  readonly entitlements: unknown
  readonly ssoConnection: { readonly status: string } | null
}

/** The owner's password stays good, so that a broken identity provider locks nobody out for good. */
export function passwordIsTaken(role: Role, organization: SigningIn): boolean {
  const enforced = organization.ssoConnection?.status === 'enforced' && entitlementsOf(organization).sso
  return role === 'owner' || !enforced
}
