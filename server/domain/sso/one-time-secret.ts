// Random texts that are used once or kept in a cookie, and the hashes that the database keeps of them.
import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits as 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** SHA-256: so many random bits need no slow hash. */
export function hashOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(text).digest())
}

/** An XML id begins with a letter or underscore. */
export function newRequestId(): string {
  return `_${randomBytes(20).toString('hex')}`
}
