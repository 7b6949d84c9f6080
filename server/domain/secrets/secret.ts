// The format of tokens, keys and links: prefix, organization key, 256 random bits, checksum.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const keyLength = 10
const randomLength = 43
const checkLength = 6

/**
 * `client` proves an OAuth client, `access` is what such a client is given for a few hours; `step` is what a browser
 * keeps between the two steps of a sign-in.
 */
export type SecretKind = 'scim' | 'key' | 'setup' | 'session' | 'step' | 'client' | 'access' | 'invite'

export interface Secret {
  readonly kind: SecretKind
  readonly orgKey: string
  readonly text: string
}

/** A new secret: `rc_<kind>_` + 10 characters of organization key + 43 random ones + 6 of CRC32, all base62. */
export function mintSecret(kind: SecretKind, orgKey: string): Secret {
  const body = `rc_${kind}_${orgKey}${randomText(randomLength)}`
  return { kind, orgKey, text: body + checksum(body) }
}

/** A new organization key. */
export function mintOrgKey(): string {
  return randomText(keyLength)
}

const shape =
  /^rc_(scim|key|setup|session|step|client|access|invite)_([0-9A-Za-z]{10})[0-9A-Za-z]{43}[0-9A-Za-z]{6}$/

/** Reads a secret; null for anything malformed or mistyped, found out without a look into the database. */
export function parseSecret(text: string): Secret | null {
  const match = shape.exec(text)
  if (!match) return null
  const body = text.slice(0, -checkLength)
  if (checksum(body) !== text.slice(-checkLength)) return null
  return { kind: match[1] as SecretKind, orgKey: match[2] ?? '', text }
}

/** SHA-256 of the whole secret: 256 random bits need no slow hash. */
export function hashSecret(secret: Secret): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret.text).digest())
}

/** Compares hashes in constant time. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other)
}

/** What lists may show of a secret: its first twelve and last four characters. */
export function visiblePart(secret: Secret): { prefix: string; suffix: string } {
  return { prefix: secret.text.slice(0, 12), suffix: secret.text.slice(-4) }
}

function randomText(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % 62)
    }
  }
  return text
}

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function checksum(text: string): string {
  let crc = 0xffffffff
  for (const byte of Buffer.from(text)) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  let rest = (crc ^ 0xffffffff) >>> 0
  let out = ''
  for (let index = 0; index < checkLength; index += 1) {
    out = alphabet.charAt(rest % 62) + out
    rest = Math.floor(rest / 62)
  }
  return out
}
