// The operator makes a new organization, with a setup link for its owner and, if wanted, an API key.
import { apiKeyScopes, demandOperator } from '#server/domain/actor.ts'
import { insertApiKey } from '#server/domain/api-keys/insert-api-key.ts'
import type { InstallationContext } from '#server/domain/context.ts'
import { invalidInput, type InvalidField } from '#server/domain/error.ts'
import { insertSetupLink } from '#server/domain/setup-links/insert-setup-link.ts'
import { transact } from '#server/domain/transact.ts'
import { looksLikeEmail } from '#server/domain/users/rules/normal-form.ts'
import { insertOrganization } from './insert-organization.ts'
import type { Plan } from './rules/entitlements.ts'
import { organizationName } from './rules/organization-name.ts'

export interface CreateOrganizationInput {
  readonly name: string
  readonly ownerEmail?: string | null
  /** Enterprise when left out. */
  readonly plan?: Plan | null
  /** Unlimited when left out. */
  readonly seats?: number | null
  /** Whether SSO must be set up before SCIM; true when left out. */
  readonly requireSso?: boolean | null
  readonly createApiKey?: boolean | null
}

export interface OrganizationCreated {
  readonly orgId: string
  readonly setupSecret: string
  /** With every scope; null unless asked for. */
  readonly apiKeySecret: string | null
}

/** Throws `organizations/bad-input`, `organizations/bad-name`, `actor/operator-only`. */
export async function createOrganization(
  ctx: InstallationContext,
  input: CreateOrganizationInput,
): Promise<OrganizationCreated> {
  demandOperator(ctx.actor)
  const name = organizationName(input.name)
  check(input)
  const orgId = await insertOrganization(ctx, {
    name,
    ownerEmail: input.ownerEmail ?? null,
    plan: input.plan ?? 'enterprise',
    seatLimit: input.seats ?? null,
    requireSso: input.requireSso ?? true,
  })
  return transact(ctx.within(orgId), async tx => {
    const link = await insertSetupLink(tx, {})
    const key = input.createApiKey
      ? await insertApiKey(tx, { name: 'First key', scopes: apiKeyScopes })
      : null
    tx.note({ action: 'organization.create', subjectKind: 'organization', subjectId: orgId, after: { name } })
    return { orgId, setupSecret: link.secret, apiKeySecret: key?.secret ?? null }
  })
}

function check(input: CreateOrganizationInput): void {
  const fields: InvalidField[] = []
  if (input.ownerEmail && !looksLikeEmail(input.ownerEmail)) {
    fields.push({
      path: 'ownerEmail',
      message: "Enter the owner's e-mail address, for example ada@example.com.",
    })
  }
  if (typeof input.seats === 'number' && (input.seats < 1 || input.seats > 10_000_000)) {
    fields.push({
      path: 'seats',
      message: 'Give between 1 and 10,000,000 seats, or leave it out for unlimited.',
    })
  }
  if (fields.length > 0) throw invalidInput('organizations/bad-input', fields)
}
