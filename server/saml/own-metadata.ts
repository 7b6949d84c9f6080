// Our own metadata document, for identity providers that read one instead of copied fields.
import { nameIdFormatUrns } from '#server/domain/sso/rules/connection.ts'
import { namespaces } from './strict-xml.ts'

/** SAML 2.0 metadata section 2.4.4. The addresses are ours and contain nothing that XML would have to escape. */
export function ownMetadata({ audienceUrl, acsUrl }: { audienceUrl: string; acsUrl: string }): string {
  const post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor xmlns:md="${namespaces.metadata}" entityID="${audienceUrl}">`,
    `  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="${namespaces.protocol}">`,
    `    <md:NameIDFormat>${nameIdFormatUrns.email}</md:NameIDFormat>`,
    `    <md:AssertionConsumerService Binding="${post}" Location="${acsUrl}" index="0" isDefault="true"/>`,
    '  </md:SPSSODescriptor>',
    '</md:EntityDescriptor>',
    '',
  ].join('\n')
}
