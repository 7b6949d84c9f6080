// A name for a session that may be shown: it leads back to neither the cookie nor the stored hash.
import { createHash } from 'node:crypto'

/** 22 characters of base64url, the same each time. `hash` is what the database keeps of the cookie. */
export function sessionId(hash: Uint8Array): string {
  return createHash('sha256').update('session ').update(hash).digest('base64url').slice(0, 22)
}
