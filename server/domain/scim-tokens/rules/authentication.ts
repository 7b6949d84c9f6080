// What is found out about a bearer token, whether an admin pasted it or a client fetched it.
import type { ProvisioningSettings } from '#server/domain/organizations/rules/provisioning-settings.ts'

export type TokenFault = 'missing' | 'malformed' | 'unknown' | 'expired' | 'revoked'

export interface AuthenticatedToken {
  /** How the identity provider came by it. */
  readonly via: 'scim-token' | 'oauth-client'
  /** Id and name of the SCIM token, or of the OAuth client. */
  readonly tokenId: string
  readonly tokenName: string
  readonly settings: ProvisioningSettings
  readonly graceDays: number
  /** Whether the plan contains groups; without it /Groups answers 403. */
  readonly groupsInPlan: boolean
}

/** What the door may tell its log when a token is refused. */
export type Authentication =
  | { readonly fault: TokenFault; readonly token: { id: string; name: string } | null }
  | ({ readonly fault: null } & AuthenticatedToken)
