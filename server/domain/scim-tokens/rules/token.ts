// What state a SCIM token is in and how long it lives.
import { invalidInput } from '#server/domain/error.ts'

export const tokenLifetimes = ['30-days', '90-days', '180-days', '1-year', 'never'] as const
export type TokenLifetime = (typeof tokenLifetimes)[number]

/** When the old token of a rotation ends. */
export const tokenOverlaps = ['now', '24-hours', '7-days', 'first-use'] as const
export type TokenOverlap = (typeof tokenOverlaps)[number]

export type TokenState = 'active' | 'expiring' | 'expired' | 'revoked' | 'suspended'

export const maxLiveTokens = 2
/** Milliseconds between two notes of a last use. */
export const writeAgainAfter = 5 * 60_000
const day = 86_400_000
const expiringWithin = 30 * day
const daysOf: Record<Exclude<TokenLifetime, 'never'>, number> = {
  '30-days': 30,
  '90-days': 90,
  '180-days': 180,
  '1-year': 365,
}

export interface TokenLife {
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
}

/** True while the token opens the door (as far as the token is concerned). */
export function isLive(token: TokenLife, now: Date): boolean {
  return token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now)
}

/** The state that lists show; `suspended` while SCIM is switched off. */
export function tokenState(token: TokenLife, at: { now: Date; scimOn: boolean }): TokenState {
  if (token.revokedAt !== null) return 'revoked'
  if (!isLive(token, at.now)) return 'expired'
  if (!at.scimOn) return 'suspended'
  const soon = token.expiresAt !== null && token.expiresAt.getTime() - at.now.getTime() <= expiringWithin
  return soon ? 'expiring' : 'active'
}

/** Whole days left, rounded down; null for a token that never expires. */
export function daysLeft(token: TokenLife, now: Date): number | null {
  if (token.expiresAt === null) return null
  return Math.max(0, Math.floor((token.expiresAt.getTime() - now.getTime()) / day))
}

export interface ExpiryChoice {
  readonly expiresIn?: TokenLifetime | null
  readonly expiresAt?: Date | null
}

/** The end that was chosen, one year without a choice. Throws `scim-tokens/bad-expiry`. */
export function expiryOf(choice: ExpiryChoice, now: Date): Date | null {
  if (choice.expiresAt && choice.expiresIn) {
    throw refuse('Give either a lifetime or a date, not both.')
  }
  if (choice.expiresAt) return checkedDate(choice.expiresAt, now)
  const lifetime = choice.expiresIn ?? '1-year'
  return lifetime === 'never' ? null : new Date(now.getTime() + daysOf[lifetime] * day)
}

function checkedDate(date: Date, now: Date): Date {
  if (date <= now) throw refuse('The expiry date is in the past. Choose a later one.')
  if (date.getTime() - now.getTime() > 5 * 366 * day)
    throw refuse('Choose a date within five years, or "Never".')
  return date
}

/** When the old token ends; null keeps its own end until the new token's first use. */
export function endOfOldToken(overlap: TokenOverlap, at: { now: Date; expiresAt: Date | null }): Date | null {
  const wanted = {
    now: at.now,
    '24-hours': new Date(at.now.getTime() + day),
    '7-days': new Date(at.now.getTime() + 7 * day),
    'first-use': null,
  }[overlap]
  if (wanted === null || at.expiresAt === null) return wanted ?? at.expiresAt
  return wanted < at.expiresAt ? wanted : at.expiresAt
}

function refuse(message: string): Error {
  return invalidInput('scim-tokens/bad-expiry', [{ path: 'expiresAt', message }])
}

/** A token's name: 1 to 60 characters after trimming. Throws `scim-tokens/bad-name`. */
export function tokenName(text: string): string {
  const name = text.trim()
  if (name.length >= 1 && name.length <= 60) return name
  const message = 'Give the token a name of 1 to 60 characters, for example "Okta 2026".'
  throw invalidInput('scim-tokens/bad-name', [{ path: 'name', message }])
}
