// Opens an encrypted assertion with one of our keys, so that the gate sees what is in it before anybody else does.
import { constants, createDecipheriv, privateDecrypt } from 'node:crypto'
import { TextDecoder } from 'node:util'
import { refusal } from '#server/domain/sso/rules/refusal.ts'
import type { ContentCipher, Encrypted } from './gate-encryption.ts'

export interface Decrypted {
  readonly xml: string
  /** The key that opened it, PEM. */
  readonly privateKey: string
}

/** `privateKeys` in PEM. Throws `sso/encrypted`, with the same words whatever went wrong: they tell an attacker nothing. */
export function decryptAssertion(encrypted: Encrypted, privateKeys: readonly string[]): Decrypted {
  for (const privateKey of privateKeys) {
    const xml = openedBy(privateKey, encrypted)
    if (xml !== null) return { xml, privateKey }
  }
  throw refusal('encrypted')
}

function openedBy(privateKey: string, { cipher, key, content }: Encrypted): string | null {
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const secret = privateDecrypt({ key: privateKey, padding, oaepHash: 'sha1' }, key)
    const plain = cipher.endsWith('gcm') ? openGcm(cipher, secret, content) : openCbc(cipher, secret, content)
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain)
  } catch {
    return null
  }
}

const nonceBytes = 12
const tagBytes = 16

/** XML Encryption 1.1 section 5.2.4: nonce, text, tag. */
function openGcm(cipher: ContentCipher, secret: Buffer, content: Buffer): Buffer {
  if (content.length <= nonceBytes + tagBytes) throw refusal('encrypted')
  const options = { authTagLength: tagBytes }
  const nonce = content.subarray(0, nonceBytes)
  const decipher = createDecipheriv(cipher as 'aes-256-gcm', secret, nonce, options)
  decipher.setAuthTag(content.subarray(-tagBytes))
  return Buffer.concat([decipher.update(content.subarray(nonceBytes, -tagBytes)), decipher.final()])
}

const blockBytes = 16

/** XML Encryption 1.1 section 5.2.1: the last byte tells how many are padding, whatever those are. */
function openCbc(cipher: ContentCipher, secret: Buffer, content: Buffer): Buffer {
  const decipher = createDecipheriv(cipher, secret, content.subarray(0, blockBytes)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(content.subarray(blockBytes)), decipher.final()])
  const padding = padded.at(-1) ?? 0
  if (padding < 1 || padding > blockBytes) throw refusal('encrypted')
  return padded.subarray(0, -padding)
}
