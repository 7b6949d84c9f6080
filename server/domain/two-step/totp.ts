// Codes of authenticator apps: RFC 6238 with SHA-1, six digits, 30 seconds, as every app understands it.
import { Secret, TOTP } from 'otpauth'

/** 160 bits, as long as the hash (RFC 4226 section 4, R6). */
const secretBytes = 20
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** Steps before and after the present one, for clocks that go differently (RFC 6238 section 5.2). */
const tolerance = 1

export interface NewTotp {
  readonly bytes: Uint8Array
  /** For typing: base32 in groups of four. */
  readonly text: string
  /** `otpauth://`, for the QR code. */
  readonly uri: string
}

/** A new secret; `issuer` and `label` are what the app shows. */
export function newTotp(shown: { issuer: string; label: string }): NewTotp {
  const secret = new Secret({ size: secretBytes })
  const uri = new TOTP({ ...settings, ...shown, secret }).toString()
  return { bytes: secret.bytes, text: (secret.base32.match(/.{1,4}/g) ?? []).join(' '), uri }
}

/** The time step that a code belongs to; null when it is none of the present one or its neighbours. */
export function stepOfCode(bytes: Uint8Array, typed: string, now: Date): number | null {
  const token = typed.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const timestamp = now.getTime()
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer })
  const delta = TOTP.validate({ ...settings, secret, token, timestamp, window: tolerance })
  return delta === null ? null : TOTP.counter({ period: settings.period, timestamp }) + delta
}
