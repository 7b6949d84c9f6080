// Whether an organization may be called over SCIM now.
import { DomainError } from '#server/domain/error.ts'
import { demandEntitlement } from '#server/domain/organizations/rules/entitlements.ts'

/** Throws `organizations/not-in-plan` and `scim-tokens/scim-off`. */
export function demandScim(organization: {
  readonly plan: string
  readonly entitlements: unknown
  readonly scim_enforced: boolean
}): void {
  demandEntitlement(organization, 'scim')
  if (organization.scim_enforced) return
  throw new DomainError({
    kind: 'forbidden',
    code: 'scim-tokens/scim-off',
    message:
      'SCIM is switched off for this organization. An owner or admin can switch it on in Rollcall under ' +
      'Login > User provisioning > "Enforce SCIM for my organization".',
  })
}
