// The refusals about group mapping that several use cases share, in the words an admin reads.
import { DomainError } from '#server/domain/error.ts'

/** `group-mappings/moved`: people were placed by a mapping that has changed meanwhile. */
export function mappingMoved(): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'group-mappings/moved',
    message: 'The group mapping was changed at the same moment. Try again.',
  })
}

/** True for the end of a transaction that had placed people by a mapping of yesterday. */
export function isMappingMoved(error: unknown): boolean {
  return error instanceof DomainError && error.code === 'group-mappings/moved'
}

/** `group-mappings/stale-preview`: a save would do something else than what was shown; `what` says how it differs. */
export function stalePreview(what: string): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'group-mappings/stale-preview',
    message: `${what} Nothing was saved. Preview again, look at the new numbers, then save.`,
  })
}

/** `group-mappings/busy`: people are being moved right now, or the values of everybody read. */
export function mappingBusy(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'group-mappings/busy',
    message:
      'People are being moved, or their values read, right now. Wait until that is done, or stop it, then try again.',
  })
}
