// The refusals about change sets that several use cases share, in the words an admin reads.
import { DomainError } from '#server/domain/error.ts'

/** `change-sets/unknown`: also for ids of other organizations. */
export function unknownChangeSet(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'change-sets/unknown',
    message: 'There is no such change set in this organization.',
  })
}
