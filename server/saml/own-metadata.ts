// Our own metadata document, for identity providers that read one instead of copied fields.
import { nameIdFormatUrns } from '#server/domain/sso/rules/connection.ts'
import { namespaces } from './strict-xml.ts'

export interface Described {
  readonly audienceUrl: string
  readonly acsUrl: string
  /** Base64 of DER, the oldest first. */
  readonly certificates: readonly string[]
  readonly signsRequests: boolean
}

/** SAML 2.0 metadata section 2.4.4. What is put in is ours and contains nothing that XML would have to escape. */
export function ownMetadata({ audienceUrl, acsUrl, certificates, signsRequests }: Described): string {
  const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
  // Many take the first key for encryption that they find: let it be the one that stays.
  const encrypting = certificates.toReversed().map(certificate => keyDescriptor('encryption', certificate))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="${namespaces.metadata}" entityID="${audienceUrl}">`,
    `  <md:SPSSODescriptor AuthnRequestsSigned="${String(signsRequests)}" WantAssertionsSigned="true" protocolSupportEnumeration="${namespaces.protocol}">`,
    ...certificates.map(certificate => keyDescriptor('signing', certificate)),
    ...encrypting,
    `    <md:NameIDFormat>${nameIdFormatUrns.email}</md:NameIDFormat>`,
    `    <md:AssertionConsumerService Binding="${post}" Location="${acsUrl}" index="0" isDefault="true"/>`,
    '  </md:SPSSODescriptor>',
    '</md:EntityDescriptor>',
    '',
  ].join('\n')
}

const accepted = [
  'http://www.w3.org/2009/xmlenc11#aes256-gcm',
  'http://www.w3.org/2009/xmlenc11#aes128-gcm',
  `${namespaces.encryption}rsa-oaep-mgf1p`,
]

function keyDescriptor(use: 'signing' | 'encryption', certificate: string): string {
  const methods = use === 'signing' ? [] : accepted
  return [
    `    <md:KeyDescriptor use="${use}">`,
    `      <ds:KeyInfo xmlns:ds="${namespaces.signature}"><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`,
    ...methods.map(algorithm => `      <md:EncryptionMethod Algorithm="${algorithm}"/>`),
    '    </md:KeyDescriptor>',
  ].join('\n')
}
