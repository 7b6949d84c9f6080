// Keeps secrets that must be read again, such as private keys: sealed with the master key before they reach a row.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** What a sealed secret belongs to; it cannot be opened as anything else's. */
export interface Belonging {
  readonly orgId: string
  /** For example `saml-key`. */
  readonly purpose: string
}

export interface Vault {
  /** Format, id of the master key, nonce, tag and the secret, in bytes for a column. */
  readonly seal: (secret: Uint8Array, of: Belonging) => Uint8Array<ArrayBuffer>
  /** Null when the master key is not among those given, when it was altered, or belongs to something else. */
  readonly open: (sealed: Uint8Array, of: Belonging) => Uint8Array<ArrayBuffer> | null
  /** Whether the master key that new secrets are sealed with would open it; else it is time to seal it anew. */
  readonly isCurrent: (sealed: Uint8Array) => boolean
}

const format = 1
const idBytes = 8
const nonceBytes = 12
const tagBytes = 16
const head = 1 + idBytes
const whole = head + nonceBytes + tagBytes

/** AES-256-GCM. `masterKeys` have 32 bytes each; the first seals, all of them open. Null without any. */
export function createVault(masterKeys: readonly Uint8Array[]): Vault | null {
  const [first] = masterKeys
  if (first === undefined) return null
  const keys = new Map(masterKeys.map(key => [idOf(key), key]))
  return {
    seal: (secret, of) => sealWith(first, secret, of),
    open: (sealed, of) => {
      const key = sealed[0] === format && sealed.length >= whole ? keys.get(shownId(sealed)) : undefined
      return key === undefined ? null : openWith(key, sealed, of)
    },
    isCurrent: sealed => sealed[0] === format && shownId(sealed) === idOf(first),
  }
}

/** Says which key it was and nothing about the key. */
function idOf(key: Uint8Array): string {
  return createHash('sha256')
    .update('rollcall master key')
    .update(key)
    .digest('hex')
    .slice(0, 2 * idBytes)
}

function shownId(sealed: Uint8Array): string {
  return Buffer.from(sealed.subarray(1, head)).toString('hex')
}

function sealWith(key: Uint8Array, secret: Uint8Array, of: Belonging): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(nameOf(of))
  const hidden = Buffer.concat([cipher.update(secret), cipher.final()])
  const start = Buffer.concat([Buffer.from([format]), Buffer.from(idOf(key), 'hex'), nonce])
  return new Uint8Array(Buffer.concat([start, cipher.getAuthTag(), hidden]))
}

function openWith(key: Uint8Array, sealed: Uint8Array, of: Belonging): Uint8Array<ArrayBuffer> | null {
  const nonce = sealed.subarray(head, head + nonceBytes)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
  decipher.setAAD(nameOf(of)).setAuthTag(sealed.subarray(head + nonceBytes, whole))
  try {
    return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(whole)), decipher.final()]))
  } catch {
    return null
  }
}

function nameOf({ orgId, purpose }: Belonging): Buffer {
  return Buffer.from(`${purpose}\n${orgId}`)
}
