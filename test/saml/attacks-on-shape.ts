// Attacks that wrap, copy and decorate: signed and unsigned parts that readers may mistake for each other.
import { responseXml, signed } from '#test/support/saml-pen.ts'
import {
  beforeEnd,
  behindIssuer,
  forged,
  inAssertion,
  part,
  rewritten,
  saying,
  structure,
  without,
  type Make,
  type Row,
} from './attack.ts'

/** The signed response inside of another one that speaks for the attacker. */
const aroundResponse =
  (place: (evilResponse: string, original: string, signature: string) => string): Make =>
  pens => {
    const xml = signed(responseXml(pens.said), { by: pens.idp, part: 'Response' })
    const signature = part(xml, 'Signature')
    const evilResponse = responseXml({ ...pens.said, responseId: '_evil' }, forged(pens))
    return place(evilResponse, without(xml, signature), signature)
  }

export const wrapped: Row[] = [
  [
    'S10',
    'XSW1: original inside of the signature of a new response',
    aroundResponse((evilResponse, original, signature) =>
      behindIssuer(evilResponse, signature.replace('</ds:Signature>', `${original}</ds:Signature>`)),
    ),
    structure,
  ],
  [
    'S11',
    'XSW2: original beside a detached signature',
    aroundResponse((evilResponse, original, signature) => behindIssuer(evilResponse, original + signature)),
    structure,
  ],
  [
    'S12',
    'XSW3: evil assertion before the signed one',
    rewritten((xml, pens) => xml.replace('<saml:Assertion', `${forged(pens)}<saml:Assertion`)),
    structure,
  ],
  [
    'S13',
    'XSW4: evil assertion around the signed one',
    rewritten((xml, pens) => {
      const original = part(xml, 'Assertion')
      return xml.replace(original, inAssertion(forged(pens), original))
    }),
    structure,
  ],
  [
    'S14',
    'XSW5: evil assertion holds the signature, original at the end',
    rewritten((xml, pens) => {
      const original = part(xml, 'Assertion')
      const signature = part(original, 'Signature')
      return beforeEnd(
        xml.replace(original, behindIssuer(forged(pens), signature)),
        without(original, signature),
      )
    }),
    structure,
  ],
  [
    'S15',
    'XSW6: original inside of the signature of the evil one',
    rewritten((xml, pens) => {
      const original = part(xml, 'Assertion')
      const signature = part(original, 'Signature')
      const holding = signature.replace('</ds:Signature>', `${without(original, signature)}</ds:Signature>`)
      return xml.replace(original, behindIssuer(forged(pens), holding))
    }),
    structure,
  ],
  [
    'S16',
    'XSW7: evil assertion in Extensions',
    rewritten((xml, pens) =>
      xml.replace(
        '<samlp:Status>',
        `<samlp:Extensions>${forged(pens, { assertionId: pens.said.assertionId })}</samlp:Extensions><samlp:Status>`,
      ),
    ),
    structure,
  ],
  [
    'S17',
    'XSW8: original in an Object of the signature',
    rewritten((xml, pens) => {
      const original = part(xml, 'Assertion')
      const signature = part(original, 'Signature')
      const holding = signature.replace(
        '</ds:Signature>',
        `<ds:Object>${without(original, signature)}</ds:Object></ds:Signature>`,
      )
      return xml.replace(original, behindIssuer(forged(pens), holding))
    }),
    structure,
  ],
  [
    'S18',
    'XSW9: original in SubjectConfirmationData',
    rewritten((xml, pens) => {
      const original = part(xml, 'Assertion')
      return xml.replace(
        original,
        forged(pens).replace(
          /(<saml:SubjectConfirmationData[^>]*)\/>/,
          `$1>${original}</saml:SubjectConfirmationData>`,
        ),
      )
    }),
    structure,
  ],
  [
    'S19',
    'XSW10: original in Advice',
    rewritten((xml, pens) => {
      const original = part(xml, 'Assertion')
      return xml.replace(original, inAssertion(forged(pens), `<saml:Advice>${original}</saml:Advice>`))
    }),
    structure,
  ],
  [
    'S20',
    'two assertions, both signed',
    ({ idp, said }) => {
      const one = part(signed(responseXml(said), { by: idp }), 'Assertion')
      const two = part(signed(responseXml({ ...said, assertionId: '_second' }), { by: idp }), 'Assertion')
      return responseXml(said, one + two)
    },
    structure,
  ],
  ['S21', 'the same id twice', saying({ responseId: '_same', assertionId: '_same' }), structure],
  [
    'S22',
    'samlp:ID beside ID',
    rewritten(xml => xml.replace('<saml:Assertion ', '<saml:Assertion samlp:ID="_evil" ')),
    structure,
  ],
  [
    'S22',
    'an Id on a Subject',
    rewritten(xml => xml.replace('<saml:Subject>', '<saml:Subject Id="_evil">')),
    structure,
  ],
]

/** The genuine signature of an error, copied beside a hidden assertion. */
const decoy =
  (place: (xml: string, copy: string) => string): Make =>
  pens => {
    const status = 'urn:oasis:names:tc:SAML:2.0:status:Responder'
    const error = signed(responseXml({ ...pens.said, status }, ''), { by: pens.idp, part: 'Response' })
    const copy = part(error, 'Signature').replace(
      '</ds:Signature>',
      `<ds:Object>${forged(pens)}</ds:Object></ds:Signature>`,
    )
    return place(error, copy)
  }

export const decoys: Row[] = [
  [
    'S38',
    'signed error with a decoy signature that hides an assertion',
    decoy(beforeEnd),
    ['status', 'structure'],
  ],
  [
    'S39',
    'the same inside a child',
    decoy((xml, copy) => beforeEnd(xml, `<samlp:Extensions>${copy}</samlp:Extensions>`)),
    ['status', 'structure'],
  ],
  [
    'S39',
    'decoy signature inside of a child of the assertion',
    rewritten((xml, pens) => {
      const copy = part(xml, 'Signature').replace(
        '</ds:Signature>',
        `<ds:Object>${forged(pens)}</ds:Object></ds:Signature>`,
      )
      return inAssertion(xml, `<saml:Advice>${copy}</saml:Advice>`)
    }),
    structure,
  ],
  [
    'S55',
    'not Success, with a signed assertion',
    saying({ status: 'urn:oasis:names:tc:SAML:2.0:status:Responder' }),
    ['status'],
  ],
]
