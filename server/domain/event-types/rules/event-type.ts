// A meeting type that a person made for themselves, and what it may be called.
import { DomainError, invalidInput, type InvalidField } from '#server/domain/error.ts'
import { isSlug } from '#server/domain/managed-events/rules/check.ts'

export interface EventTypeWords {
  readonly name: string
  readonly slug: string
  readonly durationMinutes: number
}

/** The trimmed words. Throws `event-types/bad-input`. */
export function checkEventType(input: EventTypeWords): EventTypeWords {
  const words = { name: input.name.trim(), slug: input.slug, durationMinutes: input.durationMinutes }
  const fields: InvalidField[] = []
  if (words.name === '' || words.name.length > 100) {
    fields.push({ path: 'name', message: 'Give a name of 1 to 100 characters.' })
  }
  if (!isSlug(words.slug)) {
    const message = 'Use 1 to 60 lower-case letters and digits, with single hyphens between them.'
    fields.push({ path: 'slug', message })
  }
  if (words.durationMinutes < 1 || words.durationMinutes > 1_440) {
    fields.push({ path: 'durationMinutes', message: 'Choose 1 to 1440 minutes.' })
  }
  if (fields.length > 0) throw invalidInput('event-types/bad-input', fields)
  return words
}

/** `event-types/unknown`. */
export function unknownEventType(): DomainError {
  return new DomainError({
    kind: 'not-found',
    code: 'event-types/unknown',
    message: 'You have no such meeting type. It may have been deleted.',
  })
}

/** `event-types/address-in-use`. */
export function addressInUse(slug: string): DomainError {
  return new DomainError({
    kind: 'conflict',
    code: 'event-types/address-in-use',
    message: `The address "${slug}" is in use, by a meeting type of yours or a managed event. Choose another one.`,
  })
}
