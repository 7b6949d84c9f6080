// What an organization may use: a plan sets the defaults, the operator may override each flag.
import { DomainError } from '#server/domain/error.ts'

export const plans = ['standard', 'teams', 'enterprise'] as const
export type Plan = (typeof plans)[number]

export const entitlementNames = [
  'sso',
  'scim',
  'groups',
  'managedEvents',
  'managedEventLocks',
  'activityLog',
  'domainControl',
] as const
export type Entitlement = (typeof entitlementNames)[number]
export type Entitlements = Readonly<Record<Entitlement, boolean>>

const ofPlan: Record<Plan, readonly Entitlement[]> = {
  standard: ['managedEvents'],
  teams: ['managedEvents', 'managedEventLocks', 'groups'],
  enterprise: entitlementNames,
}

/** The flags in force. Unknown words in `overrides` are ignored. */
export function entitlementsOf(organization: { plan: string; entitlements: unknown }): Entitlements {
  const granted = ofPlan[planOf(organization.plan)]
  const overrides = (organization.entitlements ?? {}) as Partial<Record<Entitlement, unknown>>
  const flags = entitlementNames.map(name => {
    const override = overrides[name]
    return [name, typeof override === 'boolean' ? override : granted.includes(name)] as const
  })
  return Object.fromEntries(flags) as Entitlements
}

/** Group mapping needs people from an identity provider, and groups to put them into. */
export function mapsGroups(organization: { plan: string; entitlements: unknown }): boolean {
  const { groups, scim } = entitlementsOf(organization)
  return groups && scim
}

export function planOf(text: string): Plan {
  return plans.find(plan => plan === text) ?? 'standard'
}

const shownName: Record<Entitlement, string> = {
  sso: 'SAML single sign-on',
  scim: 'User provisioning (SCIM)',
  groups: 'Groups',
  managedEvents: 'Managed events',
  managedEventLocks: 'Locked managed events',
  activityLog: 'The activity log',
  domainControl: 'Domain control',
}

/** `organizations/not-in-plan`. */
export function notInPlan(name: Entitlement): DomainError {
  return new DomainError({
    kind: 'not-in-plan',
    code: 'organizations/not-in-plan',
    message: `${shownName[name]} is not part of this organization's plan. Ask your Rollcall operator to add it.`,
    detail: { feature: name },
  })
}

/** Throws `organizations/not-in-plan` when the flag is off. */
export function demandEntitlement(
  organization: { plan: string; entitlements: unknown },
  name: Entitlement,
): void {
  if (!entitlementsOf(organization)[name]) throw notInPlan(name)
}
