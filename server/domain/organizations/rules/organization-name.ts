// What an organization may be called.
import { invalidInput } from '#server/domain/error.ts'

/** The trimmed name, 1 to 100 characters. Throws `organizations/bad-name`. */
export function organizationName(text: string): string {
  const name = text.trim()
  if (name.length >= 1 && name.length <= 100) return name
  const message = 'Give the organization a name of 1 to 100 characters.'
  throw invalidInput('organizations/bad-name', [{ path: 'organizationName', message }])
}
