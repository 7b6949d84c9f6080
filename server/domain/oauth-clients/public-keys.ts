// Reads the public keys that an admin pastes: a JWK, a JWK set, PEM or a certificate. Private ones are refused.
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { invalidInput } from '#server/domain/error.ts'
import { isAssertionAlgorithm } from './rules/algorithms.ts'

/** Members of RFC 7517 that are kept; everything else a pasted key has is dropped. */
export interface PublicKey {
  readonly kty: string
  readonly kid?: string
  readonly alg?: string
  readonly n?: string
  readonly e?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
}

/** How a list names a key. */
export interface KeyDescription {
  readonly kid: string | null
  /** For example `RSA 2048`, `P-256`, `Ed25519`. */
  readonly kind: string
  /** RFC 7638, SHA-256. */
  readonly thumbprint: string
}

const longest = 20_000
const mostKeys = 5
const rsaBits = { least: 2_048, most: 8_192 } as const
const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
}
const pem = /-----BEGIN ((?:RSA )?PUBLIC KEY|CERTIFICATE)-----[A-Za-z0-9+/=\s]+-----END \1-----/g
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']

/**
 * The keys in a pasted text, one to five. Throws `oauth-clients/bad-keys`, and `oauth-clients/private-key` for what
 * should never have left its owner.
 */
export function readPublicKeys(text: string): PublicKey[] {
  const pasted = text.trim()
  if (pasted.length > longest)
    throw badKeys('This is too long for a key set. Paste at most five public keys.')
  if (pasted.includes('PRIVATE KEY')) throw privateKey()
  const keys = pasted.startsWith('{') ? keysOfJson(pasted) : keysOfPem(pasted)
  if (keys.length >= 1 && keys.length <= mostKeys) return keys
  throw badKeys(
    keys.length === 0
      ? 'There is no public key for signatures in this text. Paste a JWK, a JWK set, or PEM that begins with -----BEGIN PUBLIC KEY-----.'
      : 'Paste at most five public keys.',
  )
}

/** What lists tell of a stored key. */
export async function describeKey(key: PublicKey): Promise<KeyDescription> {
  const object = createPublicKey({ key: { ...key }, format: 'jwk' })
  return { kid: key.kid ?? null, kind: kindOf(object), thumbprint: await thumbprintOf(key) }
}

export function thumbprintOf(key: PublicKey): Promise<string> {
  return calculateJwkThumbprint(key)
}

/** The keys of a client's row. */
export function storedKeys(publicKeys: unknown): PublicKey[] {
  return publicKeys as PublicKey[]
}

function keysOfJson(text: string): PublicKey[] {
  const parsed = parseJson(text)
  const list: unknown[] = Array.isArray(parsed['keys']) ? parsed['keys'] : [parsed]
  return list.flatMap(entry => {
    const jwk = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>
    if (privateMembers.some(name => name in jwk)) throw privateKey()
    return jwk['use'] === 'enc' ? [] : [keyOf({ key: jwk as JsonWebKey, format: 'jwk' }, jwk)]
  })
}

function parseJson(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    throw badKeys('This is no valid JSON. Copy the whole key or key set.')
  }
}

function keysOfPem(text: string): PublicKey[] {
  return [...text.matchAll(pem)].map(([block]) => keyOf({ key: block, format: 'pem' }, {}))
}

function keyOf(given: Parameters<typeof createPublicKey>[0], named: Record<string, unknown>): PublicKey {
  const object = publicKey(given)
  kindOf(object)
  const { kid, alg } = named
  if (alg !== undefined && !isAssertionAlgorithm(alg)) {
    throw badKeys('A key names an algorithm that is not accepted. Use RS256, PS256, ES256 or EdDSA.')
  }
  const { kty, n, e, crv, x, y } = object.export({ format: 'jwk' })
  const members = { kty, n, e, crv, x, y, kid: typeof kid === 'string' ? kid.slice(0, 200) : undefined, alg }
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as unknown as PublicKey
}

function publicKey(given: Parameters<typeof createPublicKey>[0]): KeyObject {
  try {
    return createPublicKey(given)
  } catch {
    throw badKeys('One of the keys cannot be read. Copy the whole key again.')
  }
}

/** The words for a key; throws for kinds and sizes that are not accepted. */
function kindOf(key: KeyObject): string {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa' && modulusLength >= rsaBits.least && modulusLength <= rsaBits.most) {
    return `RSA ${String(modulusLength)}`
  }
  if (key.asymmetricKeyType === 'ed25519') return 'Ed25519'
  const curve = key.asymmetricKeyType === 'ec' ? curves[namedCurve] : undefined
  if (curve !== undefined) return curve
  throw badKeys(
    'Use an RSA key of 2,048 to 8,192 bits, an EC key on P-256, P-384 or P-521, or an Ed25519 key.',
  )
}

function badKeys(message: string): Error {
  return invalidInput('oauth-clients/bad-keys', [{ path: 'publicKeys', message }])
}

function privateKey(): Error {
  const message =
    'This is a private key. Keep it where it is used, treat this copy as leaked, and paste the public key instead.'
  return invalidInput('oauth-clients/private-key', [{ path: 'publicKeys', message }])
}
