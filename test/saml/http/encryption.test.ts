// Encrypted assertions: which are opened, and that encryption proves nothing about who wrote them.
import { beforeAll, describe, expect, it } from 'vitest'
import { configureSso } from '#server/domain/sso/configure-sso.ts'
import { usePlace } from '#test/oauth-http/client.ts'
import { newOrganization, type TestOrganization } from '#test/support/make-world.ts'
import { encrypted, type Encryption } from '#test/support/saml-encryption.ts'
import { assertionXml, encoded, newIdpKey, responseXml, signed, type Said } from '#test/support/saml-pen.ts'
import { browserOn, details, idp, type Answer, type Asked } from './browser.ts'
import { certificatesIn } from './metadata.ts'

const place = usePlace()
const foreign = newIdpKey()
let org: TestOrganization
let browser: ReturnType<typeof browserOn>
let certificate: string
beforeAll(async () => {
  browser = browserOn(place)
  org = await newOrganization(place.world)
  await browser.connect(org)
  const { body } = await browser.get(`/saml/${org.orgId}/metadata`)
  certificate = certificatesIn(body, 'encryption')[0] ?? ''
})

/** The signed assertion, as text of its own. */
const assertionIn = (xml: string): string => /<saml:Assertion.*<\/saml:Assertion>/s.exec(xml)?.[0] ?? ''
const written = (what: Said, by = idp): string => assertionIn(signed(responseXml(what), { by }))

interface Sending {
  readonly how?: Partial<Encryption>
  /** What is encrypted, from the honest assertion. */
  readonly inside?: (said: Said) => string
  readonly outside?: (response: string) => string
  readonly to?: TestOrganization
}

async function send({ how, inside = written, outside = xml => xml, to = org }: Sending): Promise<Answer> {
  const asked: Asked = await browser.begin(to)
  const said = browser.said(asked, to.admin.email)
  const hidden = encrypted(inside(said), { certificate, ...how })
  return browser.arrive(asked, encoded(outside(responseXml(said, hidden))))
}

describe('S3: an encrypted assertion', () => {
  it.each<[string, Partial<Encryption>]>([
    ['AES-256-GCM', {}],
    ['AES-128-GCM', { cipher: 'aes-128-gcm' }],
    ['its key beside it', { beside: true }],
    ['the certificate shown at the key', { keyInfo: '<ds:X509Data/>' }],
  ])('with %s signs in', async (_what, how) => {
    expect((await send({ how })).status).toBe(303)
  })

  it.each<[string, Partial<Encryption>]>([
    ['AES-256-CBC', { cipher: 'aes-256-cbc' }],
    ['AES-128-CBC', { cipher: 'aes-128-cbc' }],
    ['a key by RSA 1.5', { transport: 'rsa-1_5' }],
    ['a cipher nobody knows', { algorithm: 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc' }],
    ['another digest for the key', { digestMethod: 'http://www.w3.org/2001/04/xmlenc#sha256' }],
  ])('with %s is refused with what to choose', async (_what, how) => {
    const answer = await send({ how })
    expect(answer).toMatchObject({ status: 403, cookies: [] })
    expect(answer.body).toContain('Choose AES-256-GCM with RSA-OAEP')
  })

  it('with AES-CBC signs in where the connection allows it, and RSA 1.5 not even there', async () => {
    const other = await newOrganization(place.world)
    await browser.connect(other, { allowCbc: true })
    const { body } = await browser.get(`/saml/${other.orgId}/metadata`)
    const theirs = { certificate: certificatesIn(body, 'encryption')[0] ?? '' }
    expect((await send({ to: other, how: { ...theirs, cipher: 'aes-256-cbc' } })).status).toBe(303)
    expect((await send({ to: other, how: { ...theirs, cipher: 'aes-128-cbc' } })).status).toBe(303)
    expect((await send({ to: other, how: { ...theirs, transport: 'rsa-1_5' } })).status).toBe(403)
    await configureSso(other.owner.ctx, details({ allowCbc: false }))
    expect((await browser.get(`/saml/${other.orgId}/login`)).status).toBe(403)
  })

  it.each<[string, Partial<Encryption>]>([
    ['for another key', { certificate: foreign.cert.replace(/-----[^-]+-----|\s/g, '') }],
    [
      'changed by one bit',
      { spoil: content => content.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) as Buffer },
    ],
    ['cut short', { spoil: content => content.subarray(0, 20) }],
    ['without its tag', { spoil: content => content.subarray(0, -16) }],
  ])('%s is not opened', async (_what, how) => {
    const answer = await send({
      how: {
        ...how,
        ...(how.spoil ? { spoil: content => Buffer.from(how.spoil?.(content) ?? content) } : {}),
      },
    })
    expect(answer).toMatchObject({ status: 403, cookies: [] })
    expect(answer.body).toContain('no key that opens it')
  })

  it.each<[string, (said: Said) => string, string]>([
    ['not signed', assertionXml, 'not signed where it has to be'],
    ['signed by somebody else', said => written(said, foreign), 'signature does not fit'],
    [
      'changed after it was signed',
      said => written(said).replace(said.nameId, org.owner.email),
      'signature does not fit',
    ],
    ['with a comment', said => written(said).replace('@', '<!---->@'), 'XML that SAML does not need'],
    [
      'with a DOCTYPE',
      said => `<!DOCTYPE x [<!ENTITY e "x">]>${written(said)}`,
      'XML that SAML does not need',
    ],
    [
      'two of them',
      said =>
        `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_two" Version="2.0">${written(said)}</saml:Assertion>`,
      'not built as the SAML standard',
    ],
    ['a whole response', said => signed(responseXml(said), { by: idp }), 'not built as the SAML standard'],
    [
      'encrypted once more',
      said => encrypted(written(said), { certificate }),
      'not built as the SAML standard',
    ],
    ['no XML at all', () => 'owner', 'no SAML response in UTF-8'],
  ])('that holds what is %s is refused by the gate or the signature', async (_what, inside, words) => {
    const answer = await send({ inside })
    expect(answer).toMatchObject({ status: 403, cookies: [] })
    expect(answer.body).toContain(words)
  })

  it.each<[string, (response: string) => string]>([
    ['a second cipher text', xml => xml.replace('<xenc:CipherData>', '<xenc:CipherData/><xenc:CipherData>')],
    [
      'a second assertion beside it',
      xml =>
        xml.replace(
          '</samlp:Response>',
          '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_e"/></samlp:Response>',
        ),
    ],
    [
      'a reference to a file',
      xml =>
        xml.replace(
          /<xenc:CipherValue>[^<]*/,
          '<xenc:CipherReference URI="file:///etc/passwd"/><xenc:CipherValue>',
        ),
    ],
    [
      'a key that is named but not there',
      xml => xml.replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s, '<ds:RetrievalMethod URI="#_x"/>'),
    ],
    ['a signature inside', xml => xml.replace('</xenc:EncryptedKey>', '<ds:Signature/></xenc:EncryptedKey>')],
  ])('with %s is refused before it is opened', async (_what, outside) => {
    const answer = await send({ outside })
    expect(answer).toMatchObject({ status: 403, cookies: [] })
    expect(answer.body).toContain('not built as the SAML standard')
  })

  it('signed as a whole counts where the response has to be signed', async () => {
    const other = await newOrganization(place.world)
    await configureSso(other.owner.ctx, details({ signed: 'response' }))
    const { body } = await browser.get(`/saml/${other.orgId}/metadata`)
    const theirs = { certificate: certificatesIn(body, 'encryption')[0] ?? '' }
    const asked = await browser.test(other)
    const said = browser.said(asked, other.owner.email)
    const whole = responseXml(said, encrypted(assertionXml(said), theirs))
    const response = signed(whole, { by: idp, part: 'Response' })
    expect((await browser.arrive(asked, encoded(response))).body).toContain('The test passed')
  })
})
