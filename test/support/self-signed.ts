// A certificate for localhost that nobody else has signed, made anew for each run, so that no key lies in the tree.
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

export interface SelfSigned {
  /** Both in PEM. */
  readonly key: string
  readonly cert: string
}

/** A certificate of `localhost`, `127.0.0.1` and `::1` for an hour (RFC 5280 section 4.1), put together by hand. */
export function selfSigned(): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const span: Span = [Date.now() - 60_000, Date.now() + 3_600_000]
  const body = certificateBody(publicKey, { span, algorithm: ecdsaWithSha256 })
  const signature = sign('sha256', body, privateKey)
  const certificate = sequence(body, ecdsaWithSha256, bits(signature))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

/** A signing certificate of an identity provider: RSA, for so many days from now; with a negative number it is over. */
export function selfSignedRsa(wanted: { days?: number; bits?: number } = {}): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: wanted.bits ?? 2_048 })
  const end = Date.now() + (wanted.days ?? 365) * 86_400_000
  const span: Span = [Math.min(Date.now(), end) - 86_400_000, end]
  const body = certificateBody(publicKey, { span, algorithm: sha256WithRsa })
  const certificate = sequence(body, sha256WithRsa, bits(sign('sha256', body, privateKey)))
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  }
}

type Span = readonly [from: number, to: number]

function certificateBody(
  publicKey: KeyObject,
  { span: [from, to], algorithm }: { span: Span; algorithm: Buffer },
): Buffer {
  const name = sequence(set(sequence(commonName, der(0x0c, Buffer.from('localhost')))))
  const names = sequence(
    der(0x82, Buffer.from('localhost')),
    der(0x87, Buffer.from([127, 0, 0, 1])),
    der(0x87, Buffer.from([...new Array<number>(15).fill(0), 1])),
  )
  return sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name,
    sequence(utcTime(from), utcTime(to)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(alternativeName, der(0x04, names)))),
  )
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...size]), content])
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts))
}

function set(part: Buffer): Buffer {
  return der(0x31, part)
}

function bits(content: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([0]), content]))
}

function utcTime(time: number): Buffer {
  const digits = new Date(time).toISOString().replace(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}

/** 1.2.840.113549.1.1.11 with its NULL, 1.2.840.10045.4.3.2, 2.5.4.3 and 2.5.29.17. */
const sha256WithRsa = sequence(
  der(0x06, Buffer.from('2a864886f70d01010b', 'hex')),
  der(0x05, Buffer.alloc(0)),
)
const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')))
const commonName = der(0x06, Buffer.from('550403', 'hex'))
const alternativeName = der(0x06, Buffer.from('551d11', 'hex'))
