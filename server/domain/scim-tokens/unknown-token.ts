// The refusal for a token that does not exist, or that belongs to someone else.
import { DomainError } from '#server/domain/error.ts'

/** `scim-tokens/unknown`: also for tokens of other organizations. */
export function unknownToken(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'scim-tokens/unknown',
    message: 'There is no such token in this organization. Reload the page to see the current ones.',
  })
}
