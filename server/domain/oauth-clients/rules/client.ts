// What an OAuth client may be: how it proves who it is, how long its secrets and access tokens live, its state.
import { invalidInput } from '#server/domain/error.ts'
import {
  isLive,
  tokenState,
  type TokenLife,
  type TokenState,
} from '#server/domain/scim-tokens/rules/token.ts'

/** As the database has them; RFC 7591 calls the first one client_secret_basic or client_secret_post. */
export const clientAuthentications = ['client_secret', 'private_key_jwt'] as const
export type ClientAuthentication = (typeof clientAuthentications)[number]

export const secretLifetimes = ['1-year', '2-years', '3-years'] as const
export type SecretLifetime = (typeof secretLifetimes)[number]

/** When the old secret of a rotation ends; `keep` leaves it its own end. */
export const secretOverlaps = ['keep', '7-days', '24-hours', 'now'] as const
export type SecretOverlap = (typeof secretOverlaps)[number]

export const maxLiveSecrets = 2
/** Minutes that an access token may live; identity providers' galleries ask for one to six hours. */
export const accessTokenMinutes = { least: 60, most: 360 } as const
/** The only scope there is. */
export const scimScope = 'scim'

const day = 86_400_000
const daysOf: Record<SecretLifetime, number> = { '1-year': 365, '2-years': 730, '3-years': 1_095 }

/** When a secret that is made now ends; one year without a choice. */
export function endOfSecret(lifetime: SecretLifetime | null | undefined, now: Date): Date {
  return new Date(now.getTime() + daysOf[lifetime ?? '1-year'] * day)
}

/** When the old secret of a rotation ends: never later than it would have anyway. */
export function endOfOldSecret(overlap: SecretOverlap, at: { now: Date; expiresAt: Date }): Date {
  const wait = { keep: null, '7-days': 7 * day, '24-hours': day, now: 0 }[overlap]
  if (wait === null) return at.expiresAt
  return new Date(Math.min(at.now.getTime() + wait, at.expiresAt.getTime()))
}

/** A client's name: 1 to 60 characters after trimming. Throws `oauth-clients/bad-name`. */
export function clientName(text: string): string {
  const name = text.trim()
  if (name.length >= 1 && name.length <= 60) return name
  const message = 'Give the client a name of 1 to 60 characters, for example "Entra ID".'
  throw invalidInput('oauth-clients/bad-name', [{ path: 'name', message }])
}

/** The life of access tokens in minutes, 60 without a choice. Throws `oauth-clients/bad-lifetime`. */
export function accessTokenLife(minutes: number | null | undefined): number {
  const { least, most } = accessTokenMinutes
  const wanted = minutes ?? least
  if (Number.isInteger(wanted) && wanted >= least && wanted <= most) return wanted
  const message = `Access tokens live ${String(least)} minutes to ${String(most / 60)} hours. Choose a number of minutes from ${String(least)} to ${String(most)}.`
  throw invalidInput('oauth-clients/bad-lifetime', [{ path: 'accessTokenMinutes', message }])
}

/**
 * An address from which a key set may be fetched: https, nothing secret in it, at most 500 characters. Throws
 * `oauth-clients/bad-address`. Whether it leads to an address of ours is checked when it is fetched.
 */
export function keySetAddress(text: string): string {
  const address = text.trim()
  const url = address.length <= 500 && URL.canParse(address) ? new URL(address) : null
  const fits = url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === ''
  if (fits) return url.href
  const message = 'Give the https address of a key set (JWKS), without user, password or fragment.'
  throw invalidInput('oauth-clients/bad-address', [{ path: 'jwksUri', message }])
}

interface Client {
  readonly authentication: string
  readonly revokedAt: Date | null
  readonly secrets: readonly TokenLife[]
}

/** The state that lists show: that of the secret that lasts longest, and of the client itself for keys. */
export function clientState(client: Client, at: { now: Date; scimOn: boolean }): TokenState {
  return tokenState({ revokedAt: client.revokedAt, expiresAt: endOfClient(client, at.now) }, at)
}

/** When the client's last live secret ends; null for a client that signs with a key. In the past when none is live. */
export function endOfClient(client: Client, now: Date): Date | null {
  if (client.authentication !== 'client_secret') return null
  const ends = client.secrets
    .filter(secret => isLive(secret, now))
    .map(secret => secret.expiresAt?.getTime() ?? 0)
  return new Date(Math.max(0, ...ends))
}
