// What a SAML response must look like before any library sees it: everything that is not the plain shape is refused.
import { TextDecoder } from 'node:util'
import { refusal } from '#server/domain/sso/rules/refusal.ts'
import { demandPlainEncryption, type Encrypted } from './gate-encryption.ts'
import { demandPlainSignature } from './gate-signature.ts'
import { attributeOf, everyElementOf, named, namespaces, plainTextOf, readStrictly } from './strict-xml.ts'

/** What passed: the very text that was looked at, so that nobody reads it differently. */
export interface Admitted {
  readonly xml: string
  /** Null for an answer that nobody asked for. */
  readonly inResponseTo: string | null
  /** What has to be opened, and then admitted by `admitAssertion`; null for an assertion in plain sight. */
  readonly encrypted: Encrypted | null
  /** Whether the response itself carries a signature. */
  readonly responseSigned: boolean
}

export interface GateExpectation {
  readonly acsUrl: string
  /** Entity id of the identity provider. */
  readonly issuer: string
  /** Whether assertions may be encrypted with AES-CBC. */
  readonly allowCbc: boolean
}

const largest = 400_000
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success'

/** Throws an `SsoRefusal`. Rules 1 to 8 of the gate; signatures are checked behind it. */
export function admitResponse(encoded: string, expected: GateExpectation): Admitted {
  const xml = decode(encoded)
  const root = readStrictly(xml)
  const { protocol } = namespaces
  if (root.namespaceURI !== protocol || root.localName !== 'Response') throw refusal('structure')
  if (attributeOf(root, 'Version') !== '2.0') throw refusal('structure')
  const everything = everyElementOf(root)
  demandUniqueIds(everything)
  demandStatus(root, everything)
  demandSender(root, expected)
  const assertion = onlyAssertion(root, everything)
  const hidden = assertion.localName === 'EncryptedAssertion'
  const encrypted = hidden ? demandPlainEncryption(assertion, expected) : null
  const signed = demandSignaturesInPlace(
    everything,
    hidden ? { root, hidden: assertion } : { root, assertion },
  )
  if (signed.length === 0 && !hidden) throw refusal('unsigned')
  const responseSigned = signed.includes(root)
  return { xml, inResponseTo: attributeOf(root, 'InResponseTo'), encrypted, responseSigned }
}

/** The same rules for an assertion that was encrypted. What was encrypted is not signed by that: anybody can. */
export function admitAssertion(xml: string, { responseSigned }: { responseSigned: boolean }): void {
  const assertion = readStrictly(xml)
  const everything = everyElementOf(assertion)
  demandUniqueIds(everything)
  if (assertion.namespaceURI !== namespaces.assertion || assertion.localName !== 'Assertion')
    throw refusal('structure')
  if (attributeOf(assertion, 'ID') === null) throw refusal('structure')
  const messages = /^(?:(?:Encrypted)?Assertion|Response|Status)$/i
  if (everything.some(element => messages.test(element.localName) && element !== assertion))
    throw refusal('structure')
  const signed = demandSignaturesInPlace(everything, { assertion })
  if (signed.length === 0 && !responseSigned) throw refusal('unsigned')
}

/** The ID of the request that a response claims to answer, for a response that was refused; null when unreadable. */
export function claimedRequest(encoded: string): string | null {
  try {
    return attributeOf(readStrictly(decode(encoded)), 'InResponseTo')
  } catch {
    return null
  }
}

/** Line breaks are what some senders wrap base64 with; nothing else is taken. */
function decode(encoded: string): string {
  if (encoded.length > largest) throw refusal('too-large')
  const plain = encoded.replace(/[\r\n]/g, '')
  if (plain === '' || !base64.test(plain)) throw refusal('unreadable')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(plain, 'base64'))
  } catch {
    throw refusal('unreadable')
  }
}

/** An ID is `ID` on a message or an assertion and `Id` inside a signature, once in the document. */
function demandUniqueIds(everything: readonly Element[]): void {
  const seen = new Set<string>()
  for (const element of everything) {
    for (const attribute of Array.from(element.attributes)) {
      if (!/^(?:.*:)?id$/i.test(attribute.name)) continue
      if (attribute.name !== idNameOf(element) || seen.has(attribute.value)) throw refusal('structure')
      if (!/^[A-Za-z_][\w.-]{0,255}$/.test(attribute.value)) throw refusal('structure')
      seen.add(attribute.value)
    }
  }
}

function idNameOf({ namespaceURI, localName }: Element): string | null {
  if (namespaceURI === namespaces.protocol) return localName === 'Response' ? 'ID' : null
  if (namespaceURI === namespaces.assertion) return localName === 'Assertion' ? 'ID' : null
  const inside: readonly (string | null)[] = [namespaces.signature, namespaces.encryption]
  return inside.includes(namespaceURI) ? 'Id' : null
}

function demandStatus(root: Element, everything: readonly Element[]): void {
  const [status, second] = everything.filter(({ localName }) => localName === 'Status')
  const [code] = status === undefined ? [] : named(status, namespaces.protocol, 'StatusCode')
  if (status === undefined || second !== undefined || code === undefined) throw refusal('structure')
  if (status.namespaceURI !== namespaces.protocol || status.parentNode !== root) throw refusal('structure')
  if (attributeOf(code, 'Value') !== success) throw refusal('status')
}

function demandSender(root: Element, expected: GateExpectation): void {
  const destination = attributeOf(root, 'Destination')
  if (destination !== null && destination !== '' && destination !== expected.acsUrl)
    throw refusal('destination')
  const issuers = named(root, namespaces.assertion, 'Issuer')
  if (issuers.length > 1) throw refusal('structure')
  const issuer = issuers[0]
  if (issuer !== undefined && plainTextOf(issuer)?.trim() !== expected.issuer) throw refusal('issuer')
}

function onlyAssertion(root: Element, everything: readonly Element[]): Element {
  const assertions = everything.filter(({ localName }) => /^(?:Encrypted)?Assertion$/i.test(localName))
  const [assertion] = assertions
  if (assertion === undefined || assertions.length > 1) throw refusal('structure')
  if (assertion.namespaceURI !== namespaces.assertion || assertion.parentNode !== root)
    throw refusal('structure')
  if (everything.some(element => /^Response$/i.test(element.localName) && element !== root))
    throw refusal('structure')
  if (assertion.localName === 'EncryptedAssertion') return assertion
  if (assertion.localName !== 'Assertion' || attributeOf(assertion, 'ID') === null) throw refusal('structure')
  return assertion
}

/** What may be signed, and what is encrypted: that has a shape of its own. */
interface Parts {
  readonly root?: Element
  readonly assertion?: Element
  readonly hidden?: Element
}

/** What is signed, each once, by a signature right below it. */
function demandSignaturesInPlace(
  everything: readonly Element[],
  { root, assertion, hidden }: Parts,
): readonly Element[] {
  const signatures = everything.filter(({ localName }) => /^Signature$/i.test(localName))
  const owners = signatures.map(signature => {
    const parent = [root, assertion].find(each => each !== undefined && each === signature.parentNode)
    if (parent === undefined) throw refusal('structure')
    demandPlainSignature(signature, parent)
    return parent
  })
  if (new Set(owners).size !== owners.length) throw refusal('structure')
  const places = hidden === undefined ? signatures : [...signatures, hidden]
  const stray = everything.filter(
    element => element.namespaceURI === namespaces.signature && !isBelow(element, places),
  )
  if (stray.length > 0) throw refusal('structure')
  return owners
}

function isBelow(element: Element, places: readonly Element[]): boolean {
  for (let at: Node | null = element; at !== null; at = at.parentNode) {
    if (places.includes(at as Element)) return true
  }
  return false
}
