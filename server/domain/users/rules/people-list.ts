// A list of people who are changed together: how long it may be, and why some of them are passed over.
import { invalidInput } from '#server/domain/error.ts'

/** One transaction holds so many rows without making others wait. */
export const mostPeople = 1_000

/** Each once. Throws `users/too-many`. */
export function peopleList(ids: readonly string[]): string[] {
  const unique = [...new Set(ids)]
  if (unique.length <= mostPeople) return unique
  const message = `At most ${String(mostPeople)} people can be changed at once, and these are ${String(unique.length)}. Choose fewer and repeat it for the others.`
  throw invalidInput('users/too-many', [{ path: 'userIds', message }])
}

export const passedReasons = [
  'unknown',
  'owner',
  'yourself',
  'not-pending',
  'no-address',
  'not-permitted',
] as const
export type PassedReason = (typeof passedReasons)[number]

/** Somebody of the list for whom nothing was done. */
export interface PassedOver {
  readonly userId: string
  /** Null for ids that are nobody's. */
  readonly name: string | null
  readonly reason: PassedReason
}

const sentences: Readonly<Record<PassedReason, string>> = {
  unknown: 'Not in this organization (any more). Reload the list.',
  owner: 'The owner keeps their role. Transfer ownership to someone else first.',
  yourself: 'Your own role is not changed together with others. Ask another admin to change it.',
  'not-pending': 'Has signed in, or may not any more: there is no invitation to send.',
  'no-address': 'Has no e-mail address to sign in with. Add one in your identity provider.',
  'not-permitted': 'Has a role that you may not give. Ask an owner or admin to send the invitation.',
}

/** Why somebody was passed over and what to do, for people. */
export function passedSentence(reason: PassedReason): string {
  return sentences[reason]
}
