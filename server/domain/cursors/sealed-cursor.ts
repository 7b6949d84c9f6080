// Cursors as clients carry them: encrypted and authenticated, in letters that need no escape in a URL.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { CursorClaims } from '#server/scim/index.ts'

const cipher = 'aes-256-gcm'
const nonceLength = 12
const tagLength = 16

/** Seals claims under a key of 32 bytes. The text has the letters A-Z a-z 0-9 - _ only (RFC 9865 section 2). */
export function sealCursor(claims: CursorClaims, key: Uint8Array): string {
  const { place, count, query, issuedAt } = claims
  const nonce = randomBytes(nonceLength)
  const sealer = createCipheriv(cipher, key, nonce)
  const text = JSON.stringify([place.id, place.key, count, digest(query), issuedAt])
  const sealed = [nonce, sealer.update(text, 'utf8'), sealer.final()]
  return Buffer.concat([...sealed, sealer.getAuthTag()]).toString('base64url')
}

/**
 * The claims in a cursor that was sealed under this key, else null. `query` is what the request asks now: it comes back
 * when the cursor was sealed for it, as only a digest of it is inside.
 */
export function openCursor(cursor: string, key: Uint8Array, query: string): CursorClaims | null {
  const bytes = Buffer.from(cursor, 'base64url')
  if (bytes.length <= nonceLength + tagLength || bytes.toString('base64url') !== cursor) return null
  const opener = createDecipheriv(cipher, key, bytes.subarray(0, nonceLength), { authTagLength: tagLength })
  opener.setAuthTag(bytes.subarray(-tagLength))
  try {
    const text = Buffer.concat([opener.update(bytes.subarray(nonceLength, -tagLength)), opener.final()])
    return claimsIn(text.toString('utf8'), query)
  } catch {
    return null
  }
}

function claimsIn(text: string, query: string): CursorClaims {
  const parts = JSON.parse(text) as [string, string | null, number, string, number]
  const [id, key, count, asked, issuedAt] = parts
  return { place: { id, key }, count, query: asked === digest(query) ? query : '', issuedAt }
}

/** 128 bits of SHA-256: enough to tell two queries of one client apart. */
function digest(query: string): string {
  return createHash('sha256').update(query).digest().subarray(0, 16).toString('base64url')
}
