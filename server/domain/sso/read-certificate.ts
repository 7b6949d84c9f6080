// Reads the signing certificate of an identity provider, as pasted or as found in metadata.
import { X509Certificate } from 'node:crypto'
import { invalidInput } from '#server/domain/error.ts'

export interface Certificate {
  /** Base64 of DER, in one line: what is stored and compared. */
  readonly body: string
  /** SHA-256 of DER in hexadecimal pairs, as identity providers show it. */
  readonly fingerprint: string
  readonly subject: string
  readonly validFrom: Date
  readonly validTo: Date
  readonly bits: number
}

const smallestKey = 2_048

/** Throws `sso/bad-certificate` with what is wrong, at `path` of the caller's input. */
export function readCertificate(text: string, path: string): Certificate {
  const body = bodyOf(text)
  const certificate = body === null ? null : parsed(body)
  if (body === null || certificate === null) throw bad(path, 'Paste one X.509 certificate, as PEM or base64.')
  const { publicKey } = certificate
  const bits = publicKey.asymmetricKeyDetails?.modulusLength ?? 0
  if (publicKey.asymmetricKeyType !== 'rsa')
    throw bad(path, 'This certificate has no RSA key. Choose one with RSA in the identity provider.')
  if (bits < smallestKey)
    throw bad(path, `The key of this certificate has ${String(bits)} bits. Make one of 2,048 bits or more.`)
  return {
    body,
    fingerprint: certificate.fingerprint256,
    subject: certificate.subject.replaceAll('\n', ', ').slice(0, 300),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    bits,
  }
}

/** What a stored certificate is; it was checked when it was stored. */
export function storedCertificate(body: string): Certificate {
  return readCertificate(body, 'certificates')
}

function bodyOf(text: string): string | null {
  if (text.length > 20_000) return null
  const pem = /-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g
  const [first, second] = [...text.matchAll(pem)]
  if (second !== undefined) return null
  const body = (first?.[1] ?? text).replace(/\s/g, '')
  return /^[A-Za-z0-9+/]{200,}={0,2}$/.test(body) ? body : null
}

function parsed(body: string): X509Certificate | null {
  try {
    return new X509Certificate(Buffer.from(body, 'base64'))
  } catch {
    return null
  }
}

function bad(path: string, message: string): Error {
  return invalidInput('sso/bad-certificate', [{ path, message }])
}
