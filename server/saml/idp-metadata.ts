// Reads the metadata of an identity provider: entity id, sign-in URL and signing certificates, for an admin to confirm.
import { DomainError } from '#server/domain/error.ts'
import { readCertificate } from '#server/domain/sso/read-certificate.ts'
import type { IdpMetadata } from '#server/domain/sso/rules/idp-metadata.ts'
import { attributeOf, everyElementOf, named, namespaces, plainTextOf, readStrictly } from './strict-xml.ts'

const largest = 1_000_000
const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

/** Throws `sso/bad-metadata` with what is missing. Signatures inside are not looked at: what is read is shown first. */
export function readIdpMetadata(xml: string): IdpMetadata {
  const root = rootOf(xml)
  const entities = everyElementOf(root).filter(
    element => named(element, namespaces.metadata, 'IDPSSODescriptor').length > 0,
  )
  const [entity, second] = entities
  if (entity === undefined || second !== undefined)
    throw bad(
      'It must describe exactly one identity provider. Download the metadata of your Rollcall application.',
    )
  const [descriptor] = named(entity, namespaces.metadata, 'IDPSSODescriptor')
  const entityId = attributeOf(entity, 'entityID')
  const signInUrl = descriptor === undefined ? undefined : signInUrlOf(descriptor)
  if (descriptor === undefined || entityId === null) throw bad('It names no entity ID.')
  if (signInUrl === undefined) throw bad('It names no sign-in URL for HTTP-Redirect.')
  return {
    entityId,
    signInUrl,
    certificates: certificatesOf(descriptor),
    wantsSignedRequests: attributeOf(descriptor, 'WantAuthnRequestsSigned') === 'true',
  }
}

function rootOf(xml: string): Element {
  if (xml.length > largest) throw bad('It is larger than 1 MB.')
  try {
    return readStrictly(xml.replace(/^\uFEFF/, '').trim())
  } catch {
    throw bad('It is no plain XML. Download the file anew, or copy the fields by hand.')
  }
}

function signInUrlOf(descriptor: Element): string | undefined {
  const services = named(descriptor, namespaces.metadata, 'SingleSignOnService')
  const service = services.find(each => attributeOf(each, 'Binding') === redirect)
  return service === undefined ? undefined : (attributeOf(service, 'Location') ?? undefined)
}

/** Those for signing, the latest two when there are more. */
function certificatesOf(descriptor: Element): string[] {
  const keys = named(descriptor, namespaces.metadata, 'KeyDescriptor').filter(
    key => (attributeOf(key, 'use') ?? 'signing') === 'signing',
  )
  const texts = keys.flatMap(key =>
    everyElementOf(key)
      .filter(each => each.namespaceURI === namespaces.signature && each.localName === 'X509Certificate')
      .map(each => plainTextOf(each) ?? ''),
  )
  const read = texts.map(text => readCertificate(text, 'metadata'))
  const latest = read.toSorted((one, other) => other.validTo.getTime() - one.validTo.getTime())
  const bodies = [...new Set(latest.map(({ body }) => body))].slice(0, 2)
  if (bodies.length === 0) throw bad('It contains no signing certificate.')
  return bodies
}

function bad(what: string): DomainError {
  const message = `This metadata cannot be used. ${what}`
  return new DomainError({
    kind: 'invalid',
    code: 'sso/bad-metadata',
    message,
    detail: { fields: [{ path: 'metadata', message }] },
  })
}
