// What attacks on SAML responses are written with: a change of what is said, or of what was signed already.
import type { RefusalCode } from '#server/domain/sso/rules/refusal.ts'
import { assertionXml, responseXml, signed, type Said, type Signing } from '#test/support/saml-pen.ts'
import type { SelfSigned } from '#test/support/self-signed.ts'

export interface Pens {
  readonly idp: SelfSigned
  readonly foreign: SelfSigned
  readonly said: Said
}

export interface Case {
  readonly id: string
  readonly what: string
  readonly sent: string
  readonly ends: 'accepted' | readonly RefusalCode[]
}

export const evil = 'owner@example.com'
export type Make = (pens: Pens) => string
export type Row = readonly [id: string, what: string, make: Make, ends: Case['ends']]

/** A good response after a change of what it says. */
export const saying =
  (changed: Partial<Said>, signing: Partial<Signing> = {}): Make =>
  ({ idp, said }) =>
    signed(responseXml({ ...said, ...changed }), { by: idp, ...signing })

/** A good response whose text was changed after it was signed. */
export const rewritten =
  (rewrite: (xml: string, pens: Pens) => string, make: Make = saying({})): Make =>
  pens => {
    const xml = make(pens)
    const changed = rewrite(xml, pens)
    if (changed === xml) throw new Error('The attack changed nothing.')
    return changed
  }

export const part = (xml: string, name: string): string =>
  new RegExp(`<[a-z]+:${name}[ >].*?</[a-z]+:${name}>`, 's').exec(xml)?.[0] ?? ''
export const without = (xml: string, text: string): string => xml.replace(text, '')

/** The assertion of the attacker: another person, and another id unless it steals the signed one. */
export const forged = ({ said }: Pens, changed: Partial<Said> = {}): string =>
  assertionXml({ ...said, nameId: evil, assertionId: '_evil', ...changed })

export const structure: readonly RefusalCode[] = ['structure']

export const behindIssuer = (xml: string, more: string): string =>
  xml.replace('</saml:Issuer>', `</saml:Issuer>${more}`)
export const inAssertion = (xml: string, more: string): string =>
  xml.replace('</saml:Assertion>', `${more}</saml:Assertion>`)
export const beforeEnd = (xml: string, more: string): string =>
  xml.replace('</samlp:Response>', `${more}</samlp:Response>`)
