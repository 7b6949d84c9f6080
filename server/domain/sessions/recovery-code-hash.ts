// What the database keeps of a recovery code.
import { createHash } from 'node:crypto'
import { recoveryCodeKey } from './rules/recovery-code.ts'

/** SHA-256 of person and code: a hundred random bits need no slow hash. */
export function recoveryCodeHash(userId: string, typed: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    createHash('sha256')
      .update(`${userId} ${recoveryCodeKey(typed)}`)
      .digest(),
  )
}
