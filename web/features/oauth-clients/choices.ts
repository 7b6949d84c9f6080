// What can be chosen about an OAuth client, and the input of a mutation that says it.

export const proofs = ['CLIENT_SECRET', 'PRIVATE_KEY_JWT'] as const
export type Proof = (typeof proofs)[number]
export const secretLives = ['YEAR_1', 'YEARS_2', 'YEARS_3'] as const
export type SecretLife = (typeof secretLives)[number]
export const overlaps = ['KEEP', 'DAYS_7', 'HOURS_24', 'NOW'] as const
export type Overlap = (typeof overlaps)[number]
/** Minutes that an access token may live. */
export const tokenLives = [60, 120, 240, 360] as const
export type TokenLife = (typeof tokenLives)[number]
export const keySources = ['PASTED', 'PUBLISHED'] as const
export type KeySource = (typeof keySources)[number]

/** Colour role per state of a client or secret. */
export const stateTone = {
  ACTIVE: 'success',
  EXPIRING: 'warning',
  EXPIRED: 'error',
  REVOKED: 'neutral',
  SUSPENDED: 'neutral',
} as const

/** The part of an input that says where the keys are; null when nothing was given. */
export function keyInput(source: KeySource, text: string) {
  const given = text.trim()
  if (given === '') return null
  return source === 'PASTED' ? { publicKeys: given } : { jwksUri: given }
}
