// The refusals about people that several use cases share, in the words an admin reads.
import { DomainError } from '#server/domain/error.ts'

/** `users/unknown`: also for ids of other organizations. */
export function unknownUser(id: string): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'users/unknown',
    message: `There is no person with id "${id.slice(0, 80)}" in this organization. It may have been deleted.`,
  })
}

/** `users/user-name-taken`: one name, one person, whatever the case. */
export function userNameTaken(userName: string): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'users/user-name-taken',
    message:
      `userName "${userName.slice(0, 200)}" belongs to someone else in this organization (letter case does not ` +
      'count). Look that person up with a userName filter and update them, or send another userName.',
  })
}

/** `users/managed-by-idp`. */
export function managedByIdentityProvider(): DomainError {
  return new DomainError({
    kind: 'managed-by-idp',
    code: 'users/managed-by-idp',
    message:
      'Managed by your identity provider. Change this person there; while "Enforce SCIM for my organization" is on, ' +
      'it is the only source of people.',
  })
}

/** `users/one-owner`: ownership is transferred, not given. */
export function oneOwner(): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'users/one-owner',
    message: 'An organization has exactly one owner. Make this person an admin instead.',
  })
}
