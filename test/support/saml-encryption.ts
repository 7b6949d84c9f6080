// How an identity provider encrypts an assertion for us; and how it should not.
import { constants, createCipheriv, publicEncrypt, randomBytes, X509Certificate } from 'node:crypto'

const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'

export interface Encryption {
  /** Base64 of DER. */
  readonly certificate: string
  readonly cipher?: 'aes-128-gcm' | 'aes-256-gcm' | 'aes-128-cbc' | 'aes-256-cbc'
  readonly transport?: 'rsa-oaep-mgf1p' | 'rsa-1_5'
  /** The key beside the data instead of inside of its KeyInfo. */
  readonly beside?: boolean
  /** Instead of that of the cipher. */
  readonly algorithm?: string
  readonly digestMethod?: string
  /** Put into the KeyInfo of the key, in front of the key's own value. */
  readonly keyInfo?: string
  /** What becomes of nonce, text and tag. */
  readonly spoil?: (content: Buffer) => Buffer
}

/** An `EncryptedAssertion` that holds this text. */
export function encrypted(xml: string, how: Encryption): string {
  const cipher = how.cipher ?? 'aes-256-gcm'
  const secret = randomBytes(cipher.includes('128') ? 16 : 32)
  const content = (how.spoil ?? (text => text))(sealed(cipher, secret, xml))
  const algorithm =
    how.algorithm ?? `${cipher.endsWith('gcm') ? xenc11 : xenc}${cipher.replace('aes-', 'aes')}`
  const key = encryptedKey(secret, how)
  const retrieval = `<ds:RetrievalMethod Type="${xenc}EncryptedKey" URI="#_key"/>`
  return [
    '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">',
    `<xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element"><xenc:EncryptionMethod Algorithm="${algorithm}"/>`,
    `<ds:KeyInfo xmlns:ds="${dsig}">${how.beside === true ? retrieval : key}</ds:KeyInfo>`,
    `<xenc:CipherData><xenc:CipherValue>${content.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`,
    how.beside === true ? key : '',
    '</saml:EncryptedAssertion>',
  ].join('')
}

function sealed(cipher: string, secret: Buffer, xml: string): Buffer {
  const nonce = randomBytes(cipher.endsWith('gcm') ? 12 : 16)
  const pen = createCipheriv(cipher as 'aes-256-gcm', secret, nonce)
  const text = Buffer.concat([pen.update(xml, 'utf8'), pen.final()])
  return Buffer.concat([nonce, text, cipher.endsWith('gcm') ? pen.getAuthTag() : Buffer.alloc(0)])
}

function encryptedKey(secret: Buffer, how: Encryption): string {
  const transport = how.transport ?? 'rsa-oaep-mgf1p'
  const key = new X509Certificate(Buffer.from(how.certificate, 'base64')).publicKey
  const oaep = transport === 'rsa-oaep-mgf1p'
  const padding = oaep ? constants.RSA_PKCS1_OAEP_PADDING : constants.RSA_PKCS1_PADDING
  const value = publicEncrypt({ key, padding, ...(oaep ? { oaepHash: 'sha1' } : {}) }, secret)
  const digest = oaep ? (how.digestMethod ?? `${dsig}sha1`) : ''
  return [
    `<xenc:EncryptedKey xmlns:xenc="${xenc}"${how.beside === true ? ' Id="_key"' : ''}>`,
    `<xenc:EncryptionMethod Algorithm="${xenc}${transport}">${digest === '' ? '' : `<ds:DigestMethod xmlns:ds="${dsig}" Algorithm="${digest}"/>`}</xenc:EncryptionMethod>`,
    how.keyInfo === undefined ? '' : `<ds:KeyInfo xmlns:ds="${dsig}">${how.keyInfo}</ds:KeyInfo>`,
    `<xenc:CipherData><xenc:CipherValue>${value.toString('base64')}</xenc:CipherValue></xenc:CipherData>`,
    '</xenc:EncryptedKey>',
  ].join('')
}
