// The address at the identity provider that carries our question (HTTP-Redirect binding).
import { SAML } from '@node-saml/node-saml'
import { nameIdFormatUrns, type SsoConnection } from '#server/domain/sso/rules/connection.ts'

export interface Question {
  readonly requestId: string
  readonly acsUrl: string
  readonly audienceUrl: string
  readonly connection: SsoConnection
  /** The person has to prove who they are, whatever the identity provider remembers (SAML 2.0 core 3.4.1). */
  readonly forceAuthn: boolean
  /** PEM; null leaves the question unsigned. */
  readonly signingKey: string | null
}

/**
 * Signed, the whole query is: RSA-SHA256 over SAMLRequest, RelayState and SigAlg (SAML 2.0 bindings 3.4.4.1).
 * No authentication context is asked for: whether a password is enough is the identity provider's decision. RelayState
 * is the request's id, for providers that want one; what comes back in it is never read.
 */
export function questionUrl(question: Question): Promise<string> {
  const { connection, requestId } = question
  const format = connection.nameIdFormat
  const engine = new SAML({
    callbackUrl: question.acsUrl,
    issuer: question.audienceUrl,
    entryPoint: connection.signInUrl,
    idpCert: [...connection.certificates],
    identifierFormat: format === 'unspecified' ? null : nameIdFormatUrns[format],
    disableRequestedAuthnContext: true,
    forceAuthn: question.forceAuthn,
    generateUniqueId: () => requestId,
    ...(question.signingKey === null
      ? {}
      : { privateKey: question.signingKey, signatureAlgorithm: 'sha256' as const }),
  })
  return engine.getAuthorizeUrlAsync(requestId, undefined, {})
}
