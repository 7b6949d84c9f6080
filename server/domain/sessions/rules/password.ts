// What a password must be: long, and not one of those everybody tries (NIST SP 800-63B).
import { invalidInput } from '#server/domain/error.ts'

export const passwordLength = { min: 15, max: 128 } as const

const tooCommon = [
  'passwordpassword',
  'correcthorsebatterystaple',
  'qwertyuiopasdfgh',
  'administrator123',
  'letmeinletmeinletmein',
]

/** Throws `sessions/weak-password` with the reason. `context` are words the password must not consist of. */
export function checkPassword(password: string, context: readonly string[]): void {
  const message = weakness(password, context)
  if (message !== null) throw invalidInput('sessions/weak-password', [{ path: 'password', message }])
}

function weakness(password: string, context: readonly string[]): string | null {
  const length = Array.from(password).length
  if (length < passwordLength.min)
    return `Use at least ${String(passwordLength.min)} characters. A sentence is fine.`
  if (length > passwordLength.max) return `Use at most ${String(passwordLength.max)} characters.`
  const plain = password.toLowerCase()
  const known = [
    ...tooCommon,
    'rollcall',
    ...context.map(word => word.toLowerCase()).filter(word => word.length > 3),
  ]
  const rest = known.reduce((text, word) => text.replaceAll(word, ''), plain).replace(/[^a-z0-9]/g, '')
  if (new Set(plain).size < 5 || rest.length < 4) {
    return 'This password is easy to guess. Use a sentence that does not repeat your name or organization.'
  }
  return null
}
