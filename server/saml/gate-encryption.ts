// The shape of an encrypted assertion that may be opened: one key for us, one text, known algorithms, nothing else.
import { refusal } from '#server/domain/sso/rules/refusal.ts'
import { attributeOf, childrenOf, everyElementOf, namespaces, plainTextOf } from './strict-xml.ts'

const newer = 'http://www.w3.org/2009/xmlenc11#'
const older = namespaces.encryption

export type ContentCipher = 'aes-128-gcm' | 'aes-256-gcm' | 'aes-128-cbc' | 'aes-256-cbc'

const ciphers: Readonly<Record<string, ContentCipher>> = {
  [`${newer}aes128-gcm`]: 'aes-128-gcm',
  [`${newer}aes256-gcm`]: 'aes-256-gcm',
  [`${older}aes128-cbc`]: 'aes-128-cbc',
  [`${older}aes256-cbc`]: 'aes-256-cbc',
}
const keyTransport = `${older}rsa-oaep-mgf1p`
const oaepDigest = `${namespaces.signature}sha1`

/** What is needed to open it: both as bytes. */
export interface Encrypted {
  readonly cipher: ContentCipher
  readonly key: Buffer
  readonly content: Buffer
}

/** Throws `sso/structure`, or `sso/encryption` for algorithms that are not accepted. AES-CBC only where it is allowed. */
export function demandPlainEncryption(assertion: Element, { allowCbc }: { allowCbc: boolean }): Encrypted {
  const [data, beside] = shape(assertion, older, ['EncryptedData', 'EncryptedKey?'])
  const [method, keyInfo, cipherData] = childrenIn(data, [
    [older, 'EncryptionMethod'],
    [namespaces.signature, 'KeyInfo'],
    [older, 'CipherData'],
  ])
  const cipher = ciphers[algorithmOf(method)]
  if (cipher === undefined || (cipher.endsWith('cbc') && !allowCbc)) throw refusal('encryption')
  if (method?.hasChildNodes() === true) throw refusal('structure')
  const encryptedKey = keyOf(keyInfo, beside)
  demandOnce(assertion)
  return { cipher, key: transported(encryptedKey), content: bytesIn(cipherData) }
}

/** Inside of the KeyInfo, or beside the data and named there. */
function keyOf(keyInfo: Element | undefined, beside: Element | undefined): Element {
  const [inside, second] = keyInfo === undefined ? [] : childrenOf(keyInfo)
  if (inside === undefined || second !== undefined) throw refusal('structure')
  if (beside === undefined) {
    demandNamed(inside, older, 'EncryptedKey')
    return inside
  }
  demandNamed(inside, namespaces.signature, 'RetrievalMethod')
  const id = attributeOf(beside, 'Id')
  if (id === null || attributeOf(inside, 'URI') !== `#${id}`) throw refusal('structure')
  return beside
}

const besideMethod = ['KeyInfo', 'CipherData', 'ReferenceList']

function transported(encryptedKey: Element): Buffer {
  const [method, ...rest] = childrenOf(encryptedKey)
  demandTransport(method)
  if (rest.some(({ localName }) => !besideMethod.includes(localName))) throw refusal('structure')
  const cipherData = rest.find(({ localName }) => localName === 'CipherData')
  demandNamed(cipherData, older, 'CipherData')
  return bytesIn(cipherData)
}

/** RSA-OAEP with SHA-1, which that use does not weaken; it is what everybody sends, and the engine knows no other. */
function demandTransport(method: Element | undefined): void {
  demandNamed(method, older, 'EncryptionMethod')
  if (algorithmOf(method) !== keyTransport) throw refusal('encryption')
  const [digest, more] = method === undefined ? [] : childrenOf(method)
  if (digest === undefined) return
  const fits = digest.localName === 'DigestMethod' && algorithmOf(digest) === oaepDigest
  if (!fits || more !== undefined) throw refusal('encryption')
}

function demandNamed(element: Element | undefined, namespace: string, name: string): void {
  if (element?.namespaceURI !== namespace || element.localName !== name) throw refusal('structure')
}

/** The decryptor looks for names anywhere below, so each may be there once. */
function demandOnce(assertion: Element): void {
  const names = everyElementOf(assertion).map(({ localName }) => localName)
  const count = (name: string): number => names.filter(each => each === name).length
  const wanted = { EncryptedData: 1, EncryptedKey: 1, EncryptionMethod: 2, CipherData: 2, CipherValue: 2 }
  if (Object.entries(wanted).some(([name, times]) => count(name) !== times)) throw refusal('structure')
  if (count('CipherReference') > 0 || count('Signature') > 0) throw refusal('structure')
}

function bytesIn(cipherData: Element | undefined): Buffer {
  if (cipherData === undefined) throw refusal('structure')
  const [value] = shape(cipherData, older, ['CipherValue'])
  const text = plainTextOf(value)?.replace(/\s/g, '') ?? ''
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw refusal('structure')
  return Buffer.from(text, 'base64')
}

function algorithmOf(element: Element | undefined): string {
  return (element === undefined ? null : attributeOf(element, 'Algorithm')) ?? ''
}

function shape(element: Element | undefined, namespace: string, names: readonly string[]): Element[] {
  return childrenIn(
    element,
    names.map(name => [namespace, name] as const),
  )
}

/** The children, which must be these in this order; a name with `?` may be missing at the end. */
function childrenIn(
  element: Element | undefined,
  wanted: readonly (readonly [namespace: string, name: string])[],
): Element[] {
  const children = element === undefined ? [] : childrenOf(element)
  const fewest = wanted.filter(([, name]) => !name.endsWith('?')).length
  if (children.length < fewest || children.length > wanted.length) throw refusal('structure')
  const fits = children.every((child, index) => {
    const [namespace, name = ''] = wanted[index] ?? []
    return child.namespaceURI === namespace && child.localName === name.replace('?', '')
  })
  if (!fits) throw refusal('structure')
  return children
}
