// The refusal for an organization that does not exist, or that the caller may not know of.
import { DomainError } from '#server/domain/error.ts'

/** `organizations/unknown`. */
export function unknownOrganization(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'organizations/unknown',
    message: 'There is no such organization. Check its id.',
  })
}
