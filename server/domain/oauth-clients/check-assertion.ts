// Checks a client's signed assertion (RFC 7523 section 3): who signed it, for whom, and for how long.
import {
  createLocalJWKSet,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose'
import { thumbprintOf, type PublicKey } from './public-keys.ts'
import { assertionAlgorithms } from './rules/algorithms.ts'

/** Gives the keys that an identity provider publishes at an address. Rejects when they cannot be had safely. */
export type RemoteKeys = (address: string) => JWTVerifyGetKey

/** Where the keys of a client are. */
export type ClientKeys =
  | { readonly kind: 'pasted'; readonly keys: readonly PublicKey[] }
  | { readonly kind: 'remote'; readonly keys: JWTVerifyGetKey }

export interface AssertionExpectation {
  readonly clientId: string
  /** The issuer and the token endpoint: an assertion must be meant for us, and for nobody else besides. */
  readonly audiences: readonly string[]
  readonly keys: ClientKeys
  readonly now: Date
}

export interface CheckedAssertion {
  readonly jti: string
  /** Until then the same assertion would be good again. */
  readonly keepUntil: Date
  /** Of the pasted key that signed it. */
  readonly keyThumbprint: string | null
}

const skewSeconds = 60
const longestLifeSeconds = 600
const longestJti = 255

/** The checked assertion, or the fault in words for an admin; what the caller sent is not repeated in them. */
export async function checkAssertion(
  assertion: string,
  expected: AssertionExpectation,
): Promise<CheckedAssertion | { readonly fault: string }> {
  const used: { key: PublicKey | null } = { key: null }
  try {
    const payload = await verify(assertion, expected, used)
    const fault = faultOf(payload, expected)
    if (fault !== null) return { fault }
    const keyThumbprint = used.key === null ? null : await thumbprintOf(used.key)
    const end = (payload.exp ?? 0) + skewSeconds
    return { jti: String(payload.jti), keepUntil: new Date(end * 1_000), keyThumbprint }
  } catch (error) {
    return { fault: wordsFor(error) }
  }
}

async function verify(
  assertion: string,
  { clientId, audiences, keys, now }: AssertionExpectation,
  used: { key: PublicKey | null },
): Promise<JWTPayload> {
  const options = {
    algorithms: [...assertionAlgorithms],
    issuer: clientId,
    subject: clientId,
    audience: [...audiences],
    clockTolerance: skewSeconds,
    currentDate: now,
    requiredClaims: ['exp', 'jti'],
  }
  if (keys.kind === 'remote') return verifyWithPublished(assertion, keys.keys, options)
  let last: unknown = new errors.JWKSNoMatchingKey()
  for (const key of keys.keys) {
    try {
      const { payload } = await jwtVerify(assertion, onlyKey(key), options)
      used.key = key
      return payload
    } catch (error) {
      last = rank(error) >= rank(last) ? error : last
    }
  }
  throw last
}

/** An assertion that names no key may fit several of a published set: each is tried. */
async function verifyWithPublished(
  assertion: string,
  keys: JWTVerifyGetKey,
  options: JWTVerifyOptions,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(assertion, keys, options)).payload
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
    let last: unknown = error
    for await (const key of error) {
      try {
        return (await jwtVerify(assertion, key, options)).payload
      } catch (fault) {
        last = rank(fault) >= rank(last) ? fault : last
      }
    }
    throw last
  }
}

/** A key without id answers to every id; one with an id only to its own, and to assertions that name none. */
function onlyKey({ kid, ...key }: PublicKey): JWTVerifyGetKey {
  const find = createLocalJWKSet({ keys: [key] })
  return ({ kid: asked, ...header }, token) => {
    if (asked !== undefined && kid !== undefined && asked !== kid) throw new errors.JWKSNoMatchingKey()
    return find(header, token)
  }
}

/** What is wrong with an assertion that a key has signed says more than that another key does not fit. */
function rank(error: unknown): number {
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) return 0
  return error instanceof errors.JWSSignatureVerificationFailed ? 1 : 2
}

function faultOf(payload: JWTPayload, { audiences, now }: AssertionExpectation): string | null {
  const seconds = Math.floor(now.getTime() / 1_000)
  const meant = typeof payload.aud === 'string' ? [payload.aud] : (payload.aud ?? [])
  if (!meant.every(each => audiences.includes(each))) {
    return 'the assertion is meant for others, too; its aud must name this token endpoint alone'
  }
  if ((payload.exp ?? 0) > seconds + longestLifeSeconds + skewSeconds) {
    return 'the assertion lives too long; let its exp be ten minutes ahead at most'
  }
  if (payload.iat !== undefined && payload.iat > seconds + skewSeconds) {
    return 'the assertion was made in the future; check the clock of the identity provider'
  }
  return isUsableId(payload.jti) ? null : 'the assertion has no usable jti; give each one an id of its own'
}

function isUsableId(jti: unknown): boolean {
  return typeof jti === 'string' && jti !== '' && jti.length <= longestJti
}

const claimWords: Readonly<Record<string, string>> = {
  iss: 'the iss of the assertion is not the client id',
  sub: 'the sub of the assertion is not the client id',
  aud: 'the aud of the assertion is neither this token endpoint nor this issuer',
  exp: 'the assertion has no usable exp',
  jti: 'the assertion has no jti',
  nbf: 'the assertion is not valid yet; check the clock of the identity provider',
}

const words: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: 'the assertion has expired; check the clock of the identity provider',
  ERR_JOSE_ALG_NOT_ALLOWED:
    'the algorithm of the assertion is not accepted; use RS256, PS256, ES256 or EdDSA',
  ERR_JWKS_NO_MATCHING_KEY: 'the assertion is signed with a key that this client does not have',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'the signature of the assertion fits no key of this client',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'the signature of the assertion fits no key of this client',
  ERR_JWS_INVALID: 'the assertion is no signed JWT',
  ERR_JWT_INVALID: 'the assertion is no signed JWT',
  ERR_JOSE_NOT_SUPPORTED: 'the assertion uses something that is not supported',
}

/** Anything else means that published keys could not be had. */
function wordsFor(error: unknown): string {
  if (error instanceof errors.JWTClaimValidationFailed) {
    return claimWords[error.claim] ?? 'a claim of the assertion is wrong'
  }
  const code = error instanceof errors.JOSEError ? error.code : ''
  return (
    words[code] ??
    'the published keys of the identity provider could not be fetched; check the key set address'
  )
}
