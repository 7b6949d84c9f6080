// The signatures that a client assertion may have: asymmetric ones only, so that a public key is never a secret.

/** RFC 7518 section 3.1 and RFC 9864; `none` and HMAC are not among them. */
export const assertionAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const

export function isAssertionAlgorithm(name: unknown): boolean {
  return assertionAlgorithms.some(known => known === name)
}
