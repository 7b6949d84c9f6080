// Attacks by what XML can do besides elements: comments, entities, transforms, and sheer size.
import { algorithms, encoded, exclusive, responseXml, signed } from '#test/support/saml-pen.ts'
import type { RefusalCode } from '#server/domain/sso/rules/refusal.ts'
import {
  evil,
  inAssertion,
  part,
  rewritten,
  saying,
  structure,
  type Make,
  type Pens,
  type Row,
} from './attack.ts'

const rewrittenText = (mark: string): Make =>
  rewritten((xml, { said }) => xml.replace(`>${said.nameId}<`, `>${said.nameId.replace('@', `${mark}@`)}<`))
const withAttribute = (value: string): Make =>
  saying({
    attributesXml: `<saml:Attribute Name="mail"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`,
  })

export const markup: Row[] = [
  ['S23', 'comment in the NameID', rewrittenText('<!---->'), ['not-allowed-xml']],
  [
    'S24',
    'CDATA in the NameID',
    rewritten((xml, { said }) => xml.replace(`>${said.nameId}<`, `><![CDATA[${said.nameId}]]><`)),
    ['not-allowed-xml'],
  ],
  [
    'S25',
    'processing instruction that rewrites the NameID',
    rewritten(xml => xml.replace('>not-owner@', '><?p not-?>owner@'), saying({ nameId: `not-${evil}` })),
    ['not-allowed-xml'],
  ],
  [
    'S26',
    'comment in an attribute value',
    rewritten(xml => xml.replace('a@b', 'a<!---->@b'), withAttribute('a@b')),
    ['not-allowed-xml'],
  ],
  [
    'S26',
    'processing instruction in an attribute value',
    rewritten(xml => xml.replace('a@b', '<?x a?>@b'), withAttribute('a@b')),
    ['not-allowed-xml'],
  ],
  [
    'S27',
    'comment in DigestValue that is the digest of other content',
    rewritten((xml, { foreign, said }) => {
      const digestIn = (text: string): string => /<ds:DigestValue>([^<]*)</.exec(text)?.[1] ?? ''
      const wanted = digestIn(signed(responseXml({ ...said, nameId: evil }), { by: foreign }))
      const changed = xml.replace(`>${said.nameId}<`, `>${evil}<`)
      return changed.replace('<ds:DigestValue>', `<ds:DigestValue><!--${wanted}-->`)
    }),
    ['not-allowed-xml'],
  ],
  [
    'S28',
    'two SignedInfo',
    rewritten(xml => xml.replace('</ds:SignedInfo>', `</ds:SignedInfo>${part(xml, 'SignedInfo')}`)),
    structure,
  ],
  [
    'S29',
    'two References',
    rewritten(xml => xml.replace('</ds:Reference>', `</ds:Reference>${part(xml, 'Reference')}`)),
    structure,
  ],
  [
    'S29',
    'two DigestValues',
    rewritten(xml => xml.replace('</ds:DigestValue>', `</ds:DigestValue>${part(xml, 'DigestValue')}`)),
    structure,
  ],
]

const transform = (algorithm: string, inside = ''): Make =>
  rewritten(xml =>
    xml.replace(
      /<ds:Transform Algorithm="[^"]*enveloped-signature"\/>/,
      `<ds:Transform Algorithm="${algorithm}">${inside}</ds:Transform>`,
    ),
  )

export const crypto: Row[] = [
  [
    'S30',
    'HMAC with the public certificate as key',
    ({ idp, said }) =>
      signed(responseXml(said), {
        by: { key: idp.cert, cert: idp.cert },
        signatureAlgorithm: algorithms.hmac,
      }),
    ['algorithm'],
  ],
  ['S31', 'genuine SHA-1 signature', saying({}, { signatureAlgorithm: algorithms.sha1 }), ['sha1']],
  ['S31', 'genuine SHA-1 digest', saying({}, { digestAlgorithm: algorithms.digest1 }), ['sha1']],
  [
    'S32',
    'XSLT transform',
    transform(
      'http://www.w3.org/TR/1999/REC-xslt-19991116',
      '<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>',
    ),
    ['algorithm'],
  ],
  [
    'S32',
    'XPath transform',
    transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>not(self::x)</ds:XPath>'),
    ['algorithm'],
  ],
  [
    'S33',
    'canonicalization with comments',
    saying({}, { canonical: `${exclusive}WithComments` }),
    ['algorithm'],
  ],
  ['S34', 'empty reference', saying({}, { emptyUri: true }), structure],
  [
    'S34',
    'reference to something else',
    rewritten((xml, { said }) => xml.replace(`URI="#${said.assertionId}"`, `URI="#${said.responseId}"`)),
    structure,
  ],
]

const doctype = (subset: string): Make => rewritten(xml => `<!DOCTYPE samlp:Response [${subset}]>${xml}`)
const bomb = `<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
  .split('')
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index] ?? 'a'};`.repeat(10)}">`)
  .join('')}`

export const bombs: Row[] = [
  ['S35', 'DOCTYPE with an entity', doctype('<!ENTITY x "owner">'), ['not-allowed-xml']],
  [
    'S36',
    'billion laughs',
    rewritten(xml => xml.replace('</saml:NameID>', '&j;</saml:NameID>'), doctype(bomb)),
    ['not-allowed-xml'],
  ],
  ['S37', 'external entity', doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'), ['not-allowed-xml']],
  [
    'S37',
    'external DTD',
    rewritten(xml => `<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">${xml}`),
    ['not-allowed-xml'],
  ],
  [
    'S40',
    'relative namespace',
    rewritten(xml => xml.replace('<saml:Assertion ', '<saml:Assertion xmlns:x="1" ')),
    structure,
  ],
  [
    'S62',
    '5,000 nested elements',
    rewritten(xml => inAssertion(xml, '<x>'.repeat(5_000) + '</x>'.repeat(5_000))),
    ['too-large'],
  ],
  [
    'S62',
    '1,900 nested elements',
    rewritten(xml => inAssertion(xml, '<x>'.repeat(1_900) + '</x>'.repeat(1_900))),
    ['too-large'],
  ],
  [
    'S62',
    '50,000 attributes',
    rewritten(xml =>
      inAssertion(
        xml,
        `<x ${Array.from({ length: 20_000 }, (_, index) => `a${String(index)}="1"`).join(' ')}/>`,
      ),
    ),
    ['too-large'],
  ],
]

/** Not even XML that anyone should parse; `sent` as it is. */
export const raw: [id: string, what: string, sent: (pens: Pens) => string, ends: readonly RefusalCode[]][] = [
  [
    'S64',
    'UTF-16',
    pens => Buffer.from(`\uFEFF${saying({})(pens)}`, 'utf16le').toString('base64'),
    ['unreadable'],
  ],
  [
    'S64',
    'UTF-16 by declaration',
    pens => encoded(`<?xml version="1.0" encoding="UTF-16"?>${saying({})(pens)}`),
    ['not-allowed-xml'],
  ],
  [
    'S64',
    'broken UTF-8',
    pens => Buffer.concat([Buffer.from(saying({})(pens)), Buffer.from([0xc0, 0x80])]).toString('base64'),
    ['unreadable'],
  ],
  ['S65', 'no base64', () => '<samlp:Response/>', ['unreadable']],
  [
    'S65',
    'base64 with a stray letter',
    pens => `${encoded(saying({})(pens)).slice(0, -3)}*==`,
    ['unreadable'],
  ],
  ['S63', '500 kB of base64', () => 'A'.repeat(500_000), ['too-large']],
  ['S65', 'nothing', () => '', ['unreadable']],
]
