// Makes a key pair of our own for SAML, with its certificate, ready for its row.
import { generateKeyPair, type KeyObject } from 'node:crypto'
import type { Context } from '#server/domain/context.ts'
import type { Vault } from '#server/domain/secrets/vault.ts'
import { selfSignedCertificate } from './self-signed-certificate.ts'

export const keyPurpose = 'saml-key'
const bits = 3_072
const day = 86_400_000
/** Identity providers check the key, not the date; ten years so that none that does locks people out soon. */
const life = 3_652 * day

/** The columns of a new `SamlKey`; the private half leaves this function sealed only. */
export async function newSpKey({ orgId, clock }: Pick<Context, 'orgId' | 'clock'>, vault: Vault) {
  const privateKey = await newPrivateKey()
  const now = clock.now()
  const certificate = selfSignedCertificate({
    privateKey,
    name: `Rollcall ${orgId}`,
    from: new Date(now.getTime() - day),
    to: new Date(now.getTime() + life),
  })
  const plain = privateKey.export({ type: 'pkcs8', format: 'der' })
  const sealed = vault.seal(plain, { orgId, purpose: keyPurpose })
  return { orgId, id: clock.newId(), sealed, certificate, createdAt: now }
}

/** In the thread pool: it takes up to a second, in which everybody else is served. */
function newPrivateKey(): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: bits }, (error, _publicKey, privateKey) => {
      if (error === null) resolve(privateKey)
      else reject(error)
    })
  })
}
