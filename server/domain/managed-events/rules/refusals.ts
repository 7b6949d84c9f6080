// The refusals about managed events that several use cases share.
import { DomainError, invalidInput } from '#server/domain/error.ts'

/** `managed-events/unknown`: also for ids of other organizations. */
export function unknownManagedEvent(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'managed-events/unknown',
    message: 'There is no such managed event in this organization. It may have been deleted.',
  })
}

/** `managed-events/slug-taken`: two managed events never share an address. */
export function slugTaken(slug: string): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'managed-events/slug-taken',
    message: `Another managed event has the address "${slug}". Choose another one.`,
  })
}

/** `managed-events/unknown-assignee`. */
export function unknownAssignee(): DomainError {
  const message = 'A group or person of the list is not in this organization (any more). Choose again.'
  return invalidInput('managed-events/unknown-assignee', [{ path: 'groupIds', message }])
}

/** `managed-events/stale`: somebody else has saved meanwhile. */
export function staleManagedEvent(): DomainError {
  return new DomainError({
    kind: 'stale',
    code: 'managed-events/stale',
    message:
      'Someone else has changed this managed event since you opened it. Read it again and repeat the change.',
  })
}

/** `managed-events/section-locked`. */
export function sectionLocked(section: string): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'managed-events/section-locked',
    message: `The section ${section} is locked for everyone who holds this managed event. Ask an admin to unlock it.`,
  })
}
