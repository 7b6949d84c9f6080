// An identity provider's pen: writes SAML responses, good ones and such as no identity provider would, and signs them.
import { randomBytes } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { selfSignedRsa, type SelfSigned } from './self-signed.ts'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
export const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = `${dsig}enveloped-signature`

export const newIdpKey = (): SelfSigned => selfSignedRsa()
/** As the connection keeps it: base64 of DER. */
export const bareCertificate = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

/** What a response says; everything has an honest value in `honest`. */
export interface Said {
  readonly acsUrl: string
  readonly audienceUrl: string
  readonly issuer: string
  /** Null leaves it out. */
  readonly inResponseTo: string | null
  readonly nameId: string
  readonly now: Date
  readonly responseId: string
  readonly assertionId: string
  readonly destination: string | null
  readonly recipient: string | null
  readonly confirmedRequest: string | null
  readonly responseIssuer: string
  readonly status: string
  /** Milliseconds from now. */
  readonly from: number
  readonly until: number
  /** The element in full, instead of the plain one. */
  readonly nameIdXml: string | null
  readonly attributesXml: string
  readonly sessionEnd: Date | null
  /** AuthnInstant; null leaves it out. */
  readonly authenticatedAt: Date | null
}

export const honest = (
  place: Pick<Said, 'acsUrl' | 'audienceUrl' | 'issuer' | 'inResponseTo' | 'nameId' | 'now'>,
): Said => ({
  ...place,
  responseId: `_r${randomBytes(12).toString('hex')}`,
  assertionId: `_a${randomBytes(12).toString('hex')}`,
  destination: place.acsUrl,
  recipient: place.acsUrl,
  confirmedRequest: place.inResponseTo,
  responseIssuer: place.issuer,
  status: 'urn:oasis:names:tc:SAML:2.0:status:Success',
  from: -1_000,
  until: 300_000,
  nameIdXml: null,
  attributesXml: '',
  sessionEnd: null,
  authenticatedAt: place.now,
})

const attribute = (name: string, value: string | null): string =>
  value === null ? '' : ` ${name}="${value}"`
const time = (said: Said, offset: number): string => new Date(said.now.getTime() + offset).toISOString()

export function assertionXml(said: Said): string {
  const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'
  const nameId = said.nameIdXml ?? `<saml:NameID Format="${format}">${said.nameId}</saml:NameID>`
  const session = said.sessionEnd?.toISOString() ?? null
  const authenticated = said.authenticatedAt?.toISOString() ?? null
  return [
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${said.assertionId}" Version="2.0" IssueInstant="${time(said, Math.min(0, said.until - 1_000))}">`,
    `<saml:Issuer>${said.issuer}</saml:Issuer>`,
    `<saml:Subject>${nameId}<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">`,
    `<saml:SubjectConfirmationData NotOnOrAfter="${time(said, said.until)}"${attribute('Recipient', said.recipient)}${attribute('InResponseTo', said.confirmedRequest)}/>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${time(said, said.from)}" NotOnOrAfter="${time(said, said.until)}"><saml:AudienceRestriction><saml:Audience>${said.audienceUrl}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement${attribute('AuthnInstant', authenticated)}${attribute('SessionNotOnOrAfter', session)}><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    said.attributesXml === ''
      ? ''
      : `<saml:AttributeStatement>${said.attributesXml}</saml:AttributeStatement>`,
    '</saml:Assertion>',
  ].join('')
}

/** The response around one or more assertions. */
export function responseXml(said: Said, inside: string = assertionXml(said)): string {
  return [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="${said.responseId}" Version="2.0" IssueInstant="${time(said, 0)}"${attribute('Destination', said.destination)}${attribute('InResponseTo', said.inResponseTo)}>`,
    `<saml:Issuer xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${said.responseIssuer}</saml:Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="${said.status}"/></samlp:Status>`,
    inside,
    '</samlp:Response>',
  ].join('')
}

export interface Signing {
  readonly by: SelfSigned
  readonly part?: 'Assertion' | 'Response'
  readonly signatureAlgorithm?: string
  readonly digestAlgorithm?: string
  readonly transforms?: readonly string[]
  readonly canonical?: string
  /** The certificate that KeyInfo shows; that of the key without it. */
  readonly shown?: string
  readonly emptyUri?: boolean
}

export const algorithms = {
  sha1: `${dsig}rsa-sha1`,
  sha256: `${more}rsa-sha256`,
  sha512: `${more}rsa-sha512`,
  pss: 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  hmac: `${dsig}hmac-sha1`,
  digest1: `${dsig}sha1`,
  digest256: `${xenc}sha256`,
  digest512: `${xenc}sha512`,
} as const

/** The document with an enveloped signature behind the issuer of the part. */
export function signed(xml: string, signing: Signing): string {
  const part = signing.part ?? 'Assertion'
  const where = part === 'Assertion' ? "//*[local-name(.)='Assertion']" : "/*[local-name(.)='Response']"
  const pen = new SignedXml({
    privateKey: signing.by.key,
    publicCert: signing.shown ?? signing.by.cert,
    signatureAlgorithm: signing.signatureAlgorithm ?? algorithms.sha256,
    canonicalizationAlgorithm: signing.canonical ?? exclusive,
  })
  if (signing.signatureAlgorithm === algorithms.hmac) pen.enableHMAC()
  pen.addReference({
    xpath: where,
    transforms: [...(signing.transforms ?? [enveloped, exclusive])],
    digestAlgorithm: signing.digestAlgorithm ?? algorithms.digest256,
    ...(signing.emptyUri === true ? { uri: '', isEmptyUri: true } : {}),
  })
  pen.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${where}/*[local-name(.)='Issuer']`, action: 'after' },
  })
  return pen.getSignedXml()
}

export const encoded = (xml: string): string => Buffer.from(xml, 'utf8').toString('base64')
