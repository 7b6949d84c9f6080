// Checks the signature of an admitted response and gives the assertion as it was signed, byte for byte.
import { SAML } from '@node-saml/node-saml'
import type { SsoConnection } from '#server/domain/sso/rules/connection.ts'
import { refusal } from '#server/domain/sso/rules/refusal.ts'

export interface Trusted {
  readonly acsUrl: string
  readonly audienceUrl: string
  readonly connection: Pick<SsoConnection, 'certificates' | 'signed' | 'signInUrl'>
  /** Our key that opens the assertion, PEM; null for one in plain sight. */
  readonly decryptionKey: string | null
}

/**
 * The text of the assertion from what the signature covers. Only certificates stored for the connection count; those
 * inside the response are not looked at. Times, audience and requests are checked by ourselves, in `assertion.ts`:
 * here they are off, so that one place decides. Throws `sso/signature`.
 */
export async function verifyResponse(xml: string, trusted: Trusted): Promise<string> {
  const { connection } = trusted
  const engine = new SAML({
    callbackUrl: trusted.acsUrl,
    issuer: trusted.audienceUrl,
    entryPoint: connection.signInUrl,
    idpCert: [...connection.certificates],
    audience: false,
    acceptedClockSkewMs: -1,
    wantAssertionsSigned: connection.signed !== 'response',
    wantAuthnResponseSigned: connection.signed !== 'assertion',
    ...(trusted.decryptionKey === null ? {} : { decryptionPvk: trusted.decryptionKey }),
  })
  const { profile } = await engine
    .validatePostResponseAsync({ SAMLResponse: Buffer.from(xml, 'utf8').toString('base64') })
    .catch(() => ({ profile: null }))
  const assertion = profile?.getAssertionXml?.()
  if (assertion === undefined) throw refusal('signature')
  return assertion
}
