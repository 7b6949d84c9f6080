// Good responses, unsigned ones, and good ones that were not meant for us, here and now.
import { algorithms, responseXml, signed } from '#test/support/saml-pen.ts'
import { evil, part, rewritten, saying, without, type Row } from './attack.ts'

export const genuine: Row[] = [
  ['S1', 'assertion signed', saying({}), 'accepted'],
  [
    'S2',
    'response and assertion signed',
    pens => signed(saying({})(pens), { by: pens.idp, part: 'Response' }),
    'accepted',
  ],
  ['S48', 'expired 59 s ago', saying({ until: -59_000 }), 'accepted'],
  ['S48', 'valid in 59 s', saying({ from: 59_000 }), 'accepted'],
  [
    'S1',
    'signed with RSA-SHA512',
    saying({}, { signatureAlgorithm: algorithms.sha512, digestAlgorithm: algorithms.digest512 }),
    'accepted',
  ],
  ['S1', 'signed with RSA-PSS', saying({}, { signatureAlgorithm: algorithms.pss }), 'accepted'],
  ['S44', 'without Destination', saying({ destination: null }), 'accepted'],
]

export const unsigned: Row[] = [
  ['S4', 'not signed at all', ({ said }) => responseXml(said), ['unsigned']],
  ['S5', 'signature taken away', rewritten(xml => without(xml, part(xml, 'Signature'))), ['unsigned']],
  [
    'S6',
    'only the response signed',
    ({ idp, said }) => signed(responseXml(said), { by: idp, part: 'Response' }),
    ['signature'],
  ],
  [
    'S7',
    'one letter of the NameID changed',
    rewritten((xml, { said }) => xml.replace(`>${said.nameId}<`, `>x${said.nameId}<`)),
    ['signature'],
  ],
  [
    'S8',
    'foreign key, own KeyInfo',
    ({ foreign, said }) => signed(responseXml(said), { by: foreign }),
    ['signature'],
  ],
  [
    'S9',
    'foreign key, right KeyInfo',
    ({ foreign, idp, said }) => signed(responseXml(said), { by: foreign, shown: idp.cert }),
    ['signature'],
  ],
]

export const meant: Row[] = [
  ['S41', 'another audience', saying({ audienceUrl: 'https://other.example/metadata' }), ['audience']],
  ['S42', 'another recipient', saying({ recipient: 'https://other.example/acs' }), ['destination']],
  ['S43', 'no recipient', saying({ recipient: null }), ['destination']],
  ['S44', 'another destination', saying({ destination: 'https://other.example/acs' }), ['destination']],
  ['S45', 'another issuer, right key', saying({ issuer: 'https://other.example/idp' }), ['issuer']],
  [
    'S45',
    'another issuer of the response',
    saying({ responseIssuer: 'https://other.example/idp' }),
    ['issuer'],
  ],
  ['S46', 'expired 61 s ago', saying({ until: -61_000 }), ['expired']],
  ['S47', 'valid in 61 s', saying({ from: 61_000 }), ['not-yet-valid']],
  ['S49', 'unsolicited', saying({ inResponseTo: null, confirmedRequest: null }), ['unsolicited']],
  [
    'S50',
    'unsolicited assertion in a solicited response',
    saying({ confirmedRequest: null }),
    ['unsolicited'],
  ],
  [
    'S50',
    'assertion of another request in this response',
    saying({ confirmedRequest: '_other' }),
    ['unsolicited'],
  ],
  [
    'S56',
    'no NameID, but an attribute of that name',
    saying({
      nameIdXml: '',
      attributesXml: `<saml:Attribute Name="nameID"><saml:AttributeValue>${evil}</saml:AttributeValue></saml:Attribute>`,
    }),
    ['subject'],
  ],
  [
    'S57',
    'two NameIDs',
    saying({ nameIdXml: `<saml:NameID>a@example.com</saml:NameID><saml:NameID>${evil}</saml:NameID>` }),
    ['subject'],
  ],
  [
    'S58',
    'NameID with children',
    saying({ nameIdXml: `<saml:NameID>a@<b xmlns="urn:x">x</b>example.com</saml:NameID>` }),
    ['subject'],
  ],
]
