// What an admin is told where a key of our own is needed and the installation has no master key to keep it with.
import { DomainError } from '#server/domain/error.ts'

export const keyMissingText =
  'Signed requests and encrypted assertions need a key of our own, and this installation cannot keep one: ask your Rollcall operator to set MASTER_KEY.'

export function keyMissing(): DomainError {
  return new DomainError({ kind: 'conflict', code: 'sso/no-key', message: keyMissingText })
}
