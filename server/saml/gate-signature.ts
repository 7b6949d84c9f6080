// The shape of an XML signature that may be verified: one reference to the signed element itself, known algorithms.
import { refusal } from '#server/domain/sso/rules/refusal.ts'
import { attributeOf, childrenOf, namespaces, plainTextOf } from './strict-xml.ts'

const xmldsigMore = 'http://www.w3.org/2001/04/xmldsig-more#'
const accepted = {
  signature: [
    `${xmldsigMore}rsa-sha256`,
    `${xmldsigMore}rsa-sha512`,
    'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1',
  ],
  digest: [`${namespaces.encryption}sha256`, `${namespaces.encryption}sha512`],
  canonical: [namespaces.exclusive],
} as const
const enveloped = `${namespaces.signature}enveloped-signature`

/** Throws `sso/structure`, `sso/sha1` or `sso/algorithm`. `parent` is what the signature must cover. */
export function demandPlainSignature(signature: Element, parent: Element): void {
  const [info, value, keyInfo] = exactly(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo?'])
  demandText(value)
  if (keyInfo !== undefined) demandOnlySpaceBeside(keyInfo)
  const [canonical, method, reference] = exactly(info, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ])
  demandAlgorithm(canonical, accepted.canonical)
  demandAlgorithm(method, accepted.signature)
  demandNothingBelow(method)
  demandPrefixesOnly(canonical)
  demandReference(reference, parent)
}

function demandReference(reference: Element | undefined, parent: Element): void {
  const [transforms, method, value] = exactly(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
  if (reference === undefined || attributeOf(reference, 'URI') !== `#${attributeOf(parent, 'ID') ?? ''}`)
    throw refusal('structure')
  const [first, second] = exactly(transforms, ['Transform', 'Transform'])
  demandAlgorithm(first, [enveloped])
  demandNothingBelow(first)
  demandAlgorithm(second, accepted.canonical)
  demandPrefixesOnly(second)
  demandAlgorithm(method, accepted.digest)
  demandNothingBelow(method)
  demandText(value)
}

/** The children of an element, which must be these, in this order; a name with `?` may be missing. */
function exactly(element: Element | undefined, names: readonly string[]): Element[] {
  if (element === undefined) throw refusal('structure')
  demandOnlySpaceBeside(element)
  const children = childrenOf(element)
  const wanted = names.map(name => name.replace('?', ''))
  const fewest = names.filter(name => !name.endsWith('?')).length
  if (children.length < fewest || children.length > wanted.length) throw refusal('structure')
  const fits = children.every(
    (child, index) => child.namespaceURI === namespaces.signature && child.localName === wanted[index],
  )
  if (!fits) throw refusal('structure')
  return children
}

function demandOnlySpaceBeside(element: Element): void {
  const texts = Array.from(element.childNodes).filter(node => node.nodeType === 3)
  if (texts.some(node => (node.nodeValue ?? '').trim() !== '')) throw refusal('structure')
}

function demandAlgorithm(element: Element | undefined, known: readonly string[]): void {
  const algorithm = element === undefined ? null : attributeOf(element, 'Algorithm')
  if (algorithm !== null && known.includes(algorithm)) return
  throw refusal(/[#-]sha1$/.test(algorithm ?? '') && !/hmac/.test(algorithm ?? '') ? 'sha1' : 'algorithm')
}

function demandNothingBelow(element: Element | undefined): void {
  if (element !== undefined && element.childNodes.length > 0) throw refusal('structure')
}

/** Exclusive canonicalization may name prefixes to keep, as Okta does; it takes no other parameter. */
function demandPrefixesOnly(element: Element | undefined): void {
  if (element === undefined) throw refusal('structure')
  demandOnlySpaceBeside(element)
  const [list, more] = childrenOf(element)
  if (list === undefined) return
  const fits = list.namespaceURI === namespaces.exclusive && list.localName === 'InclusiveNamespaces'
  if (!fits || more !== undefined || list.childNodes.length > 0) throw refusal('structure')
}

function demandText(element: Element | undefined): void {
  const text = plainTextOf(element)
  if (text === null || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) throw refusal('structure')
  if (element?.childNodes.length !== 1) throw refusal('structure')
}
