// Puts a self-signed certificate together, byte for byte: SAML wants our public key in this wrapping.
import { createPublicKey, randomBytes, sign, type KeyObject } from 'node:crypto'

export interface Certified {
  readonly privateKey: KeyObject
  /** Common name of subject and issuer. */
  readonly name: string
  readonly from: Date
  readonly to: Date
}

/** X.509 version 3 for an RSA key (RFC 5280 section 4.1), signed with RSA-SHA256; base64 of DER. */
export function selfSignedCertificate({ privateKey, name, from, to }: Certified): string {
  const who = sequence(element(0x31, sequence(commonName, element(0x0c, Buffer.from(name)))))
  const body = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    element(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    sha256WithRsa,
    who,
    sequence(time(from), time(to)),
    who,
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(sequence(keyUsage, critical, element(0x04, signingAndKeys)))),
  )
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)])
  return sequence(body, sha256WithRsa, element(0x03, signature)).toString('base64')
}

/** Tag, length and content: DER (X.690 section 8.1). */
function element(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

function lengthOf(bytes: number): number[] {
  if (bytes < 0x80) return [bytes]
  return bytes < 0x100 ? [0x81, bytes] : [0x82, bytes >> 8, bytes & 0xff]
}

function sequence(...parts: Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts))
}

/** From 2050 on with four digits of the year (RFC 5280 section 4.1.2.5). */
function time(at: Date): Buffer {
  const digits = at.toISOString().replace(/\D/g, '').slice(0, 14)
  return at.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : element(0x18, Buffer.from(`${digits}Z`))
}

const oid = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'))
const sha256WithRsa = sequence(oid('2a864886f70d01010b'), element(0x05, Buffer.alloc(0)))
const commonName = oid('550403')
const keyUsage = oid('551d0f')
const critical = element(0x01, Buffer.from([0xff]))
/** digitalSignature and keyEncipherment. */
const signingAndKeys = element(0x03, Buffer.from([5, 0xa0]))
