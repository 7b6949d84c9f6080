// The refusals for clients and secrets that do not exist, or that belong to someone else, or that have ended.
import { DomainError } from '#server/domain/error.ts'

/** `oauth-clients/unknown`: also for clients of other organizations. */
export function unknownClient(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'oauth-clients/unknown',
    message: 'There is no such OAuth client in this organization. Reload the page to see the current ones.',
  })
}

/** `oauth-clients/unknown-secret`: also for secrets of other organizations. */
export function unknownSecret(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'oauth-clients/unknown-secret',
    message: 'There is no such client secret in this organization. Reload the page to see the current ones.',
  })
}

/** `oauth-clients/revoked`. */
export function revokedClient(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'oauth-clients/revoked',
    message: 'This OAuth client is revoked for good. Create a new one.',
  })
}
