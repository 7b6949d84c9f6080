// Is provisioning healthy? A state for the light and one sentence for the person who looks at it.
import { daysInWords, spanOf } from './ago.ts'
import { silentAfter, type Rhythm } from './rhythm.ts'

export type HealthState = 'waiting' | 'healthy' | 'degraded' | 'silent' | 'off'

export interface Signs {
  readonly now: Date
  /** Whether SCIM is switched on. */
  readonly enforced: boolean
  /** Whether a token that opens the door exists, and whether one ever did. */
  readonly token: { readonly live: boolean; readonly ever: boolean }
  /** Whole days until the last live token ends; null for never. */
  readonly tokenDaysLeft: number | null
  readonly lastContactAt: Date | null
  /** entra, okta, onelogin or null: who called last. */
  readonly identityProvider: string | null
  /** How it usually calls. */
  readonly rhythm: Rhythm
  /** Requests of the last 24 hours. */
  readonly requests: number
  /** Those that were refused or failed. */
  readonly troubled: number
}

export interface Verdict {
  readonly state: HealthState
  readonly sentence: string
}

/** Entra ID quarantines at far higher shares; below five requests one mistake is not a trend. */
const trouble = { share: 0.2, requests: 5 } as const
const expiringWithin = 7

/** The first thing that an admin should know; the rules are in order of urgency. */
export function verdictOf(signs: Signs): Verdict {
  return notRunning(signs) ?? ailing(signs) ?? healthy(signs)
}

function notRunning({ enforced, token, lastContactAt }: Signs): Verdict | null {
  if (!enforced)
    return { state: 'off', sentence: 'SCIM is switched off: calls of your identity provider are refused.' }
  if (!token.ever) {
    return { state: 'waiting', sentence: 'Generate a bearer token and paste it into your identity provider.' }
  }
  if (!token.live) {
    const sentence = 'No token is live, so calls of your identity provider are refused. Generate a new one.'
    return { state: 'degraded', sentence }
  }
  if (lastContactAt !== null) return null
  return { state: 'waiting', sentence: "Waiting for your identity provider's first call." }
}

function ailing(signs: Signs): Verdict | null {
  const { requests, troubled, tokenDaysLeft } = signs
  const silence = silenceOf(signs)
  if (silence !== null) {
    const sentence = `${providerName(signs)} has not called for ${spanOf(silence)}. Check that provisioning is still on there.`
    return { state: 'silent', sentence }
  }
  if (requests >= trouble.requests && troubled / requests >= trouble.share) {
    const sentence = `${String(troubled)} of ${String(requests)} requests of the last 24 hours were refused or failed. See what needs attention.`
    return { state: 'degraded', sentence }
  }
  if (tokenDaysLeft === null || tokenDaysLeft > expiringWithin) return null
  const sentence = `Provisioning works, but the token ends in ${daysInWords(tokenDaysLeft)}. Rotate it.`
  return { state: 'degraded', sentence }
}

function silenceOf({ now, lastContactAt, identityProvider, rhythm }: Signs): number | null {
  if (lastContactAt === null) return null
  const silence = now.getTime() - lastContactAt.getTime()
  return silence > silentAfter(identityProvider, rhythm) ? silence : null
}

function healthy(signs: Signs): Verdict {
  const since = signs.now.getTime() - (signs.lastContactAt ?? signs.now).getTime()
  return {
    state: 'healthy',
    sentence: `Provisioning works. ${providerName(signs)} last called ${spanOf(since)} ago.`,
  }
}

const names: Readonly<Record<string, string>> = { entra: 'Entra ID', okta: 'Okta', onelogin: 'OneLogin' }

/** For the beginning of a sentence. */
export function providerName({ identityProvider }: Pick<Signs, 'identityProvider'>): string {
  return names[identityProvider ?? ''] ?? 'Your identity provider'
}
