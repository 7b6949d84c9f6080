// What a group may be called by hand.
import { invalidInput } from '#server/domain/error.ts'

/** The trimmed name, 1 to 50 characters. Throws `groups/bad-name`. */
export function groupName(text: string): string {
  const name = text.normalize('NFC').trim()
  const length = Array.from(name).length
  if (length >= 1 && length <= 50 && !/\p{Cc}/u.test(name)) return name
  const message = 'Give the group a name of 1 to 50 characters.'
  throw invalidInput('groups/bad-name', [{ path: 'name', message }])
}
