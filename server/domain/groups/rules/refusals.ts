// The refusals about groups that several use cases share, in the words an admin reads.
import { DomainError } from '#server/domain/error.ts'

/** `groups/unknown`: also for ids of other organizations. */
export function unknownGroup(id: string): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'groups/unknown',
    message: `There is no group with id "${id.slice(0, 80)}" in this organization. It may have been deleted.`,
  })
}

/** `groups/name-taken`: one name, one group, whatever the case. */
export function groupNameTaken(displayName: string): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'groups/name-taken',
    message:
      `There is already a group "${displayName.slice(0, 200)}" in this organization (letter case does not count). ` +
      'Look it up with a displayName filter and update it, or send another displayName.',
  })
}

/** `groups/version-mismatch`: If-Match names another version. */
export function groupChanged(): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'groups/version-mismatch',
    message: 'The group was changed since you read it. Read it again and repeat the change.',
  })
}

/** `groups/name-in-use`: the same for people who type names. */
export function groupNameInUse(name: string): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'groups/name-in-use',
    message: `There is already a group "${name}" (letter case does not count). Choose another name, or use that group.`,
  })
}
