// Which address of a person an invitation goes to, and is good for.
import { looksLikeEmail } from '#server/domain/users/rules/normal-form.ts'

/** The user name where it is an address, else the primary e-mail address; null without either. */
export function addressOf(person: {
  readonly userName: string
  readonly email: string | null
}): string | null {
  return [person.userName, person.email].find(text => text !== null && looksLikeEmail(text)) ?? null
}
