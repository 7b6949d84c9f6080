// Reads who is meant from an assertion whose signature held, and refuses what was not meant for us, here and now.
import { refusal } from '#server/domain/sso/rules/refusal.ts'
import { attributeOf, named, namespaces, plainTextOf, readStrictly } from './strict-xml.ts'

export interface AssertionExpectation {
  /** Entity id of the identity provider. */
  readonly issuer: string
  readonly acsUrl: string
  readonly audienceUrl: string
  /** ID of the request that the response says it answers. */
  readonly requestId: string
  readonly now: Date
}

export interface Assertion {
  readonly id: string
  readonly nameId: string
  /** Values by attribute name, exactly as spelled; attributes with markup in their values are left out. */
  readonly attributes: ReadonlyMap<string, readonly string[]>
  /** From here on its own times keep it out. */
  readonly keepUntil: Date
  /** When the identity provider wants the session to end; null when it does not say. */
  readonly sessionEnd: Date | null
  /** When the identity provider looked at the person, by its clock; the first time of several; null if unsaid. */
  readonly authenticatedAt: Date | null
}

/** Milliseconds. */
const skew = 60_000
const oldest = 300_000
const longestText = 1_024

/** Throws an `SsoRefusal`. Rules 9 to 11 and 13; that it is used once is the database's part. */
export function readAssertion(xml: string, expected: AssertionExpectation): Assertion {
  const root = readStrictly(xml)
  if (root.namespaceURI !== namespaces.assertion || root.localName !== 'Assertion') throw refusal('structure')
  if (attributeOf(root, 'Version') !== '2.0') throw refusal('structure')
  if (textOf(only(root, 'Issuer')) !== expected.issuer) throw refusal('issuer')
  demandFresh(timeOf(root, 'IssueInstant'), expected.now)
  const confirmed = demandConfirmation(root, expected)
  const conditions = demandConditions(root, expected)
  return {
    id: attributeOf(root, 'ID') ?? '',
    nameId: nameIdOf(root),
    attributes: attributesOf(root),
    keepUntil: new Date(Math.max(confirmed.getTime(), conditions.getTime()) + skew),
    sessionEnd: sessionEndOf(root, expected.now),
    authenticatedAt: authenticatedAtOf(root),
  }
}

function only(parent: Element, name: string, code: 'structure' | 'subject' = 'structure'): Element {
  const [first, second] = named(parent, namespaces.assertion, name)
  if (first === undefined || second !== undefined) throw refusal(code)
  return first
}

function textOf(element: Element): string | null {
  const text = plainTextOf(element)?.trim() ?? ''
  return text === '' || text.length > longestText ? null : text
}

function nameIdOf(root: Element): string {
  const subject = only(root, 'Subject', 'subject')
  const text = textOf(only(subject, 'NameID', 'subject'))
  if (text === null) throw refusal('subject')
  return text
}

/** When the confirmation ends. Bearer, for our address, for our request, and only one of its kind. */
function demandConfirmation(root: Element, expected: AssertionExpectation): Date {
  const confirmation = only(only(root, 'Subject', 'subject'), 'SubjectConfirmation', 'subject')
  if (attributeOf(confirmation, 'Method') !== 'urn:oasis:names:tc:SAML:2.0:cm:bearer')
    throw refusal('structure')
  const facts = only(confirmation, 'SubjectConfirmationData')
  if (attributeOf(facts, 'Recipient') !== expected.acsUrl) throw refusal('destination')
  const end = timeOf(facts, 'NotOnOrAfter')
  if (end === null) throw refusal('structure')
  demandWithin({ from: timeOf(facts, 'NotBefore'), end }, expected.now)
  // What surrounds the assertion may be unsigned: only this says which request it answers.
  if (attributeOf(facts, 'InResponseTo') !== expected.requestId) throw refusal('unsolicited')
  return end
}

function demandConditions(root: Element, expected: AssertionExpectation): Date {
  const conditions = only(root, 'Conditions')
  const end = timeOf(conditions, 'NotOnOrAfter')
  demandWithin({ from: timeOf(conditions, 'NotBefore'), end }, expected.now)
  const restrictions = named(conditions, namespaces.assertion, 'AudienceRestriction')
  if (restrictions.length === 0) throw refusal('audience')
  for (const restriction of restrictions) {
    const audiences = named(restriction, namespaces.assertion, 'Audience').map(textOf)
    if (!audiences.includes(expected.audienceUrl)) throw refusal('audience')
  }
  return end ?? expected.now
}

function demandWithin({ from, end }: { from: Date | null; end: Date | null }, now: Date): void {
  if (from !== null && from.getTime() > now.getTime() + skew) throw refusal('not-yet-valid')
  if (end !== null && end.getTime() <= now.getTime() - skew) throw refusal('expired')
}

/** However long it says it is valid: five minutes are enough for a browser to bring it. */
function demandFresh(issued: Date | null, now: Date): void {
  if (issued === null) throw refusal('structure')
  if (issued.getTime() > now.getTime() + skew) throw refusal('not-yet-valid')
  if (issued.getTime() < now.getTime() - oldest - skew) throw refusal('expired')
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

function timeOf(element: Element, name: string): Date | null {
  const text = attributeOf(element, name)
  if (text === null) return null
  const time = instant.test(text) ? new Date(text) : null
  if (time === null || Number.isNaN(time.getTime())) throw refusal('structure')
  return time
}

/** A Map: an attribute may be called `__proto__`. */
function attributesOf(root: Element): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const statement of named(root, namespaces.assertion, 'AttributeStatement')) {
    for (const attribute of named(statement, namespaces.assertion, 'Attribute')) {
      const name = attributeOf(attribute, 'Name')
      const values = named(attribute, namespaces.assertion, 'AttributeValue').map(textOf)
      const plain = values.filter(value => value !== null)
      if (name !== null && plain.length === values.length)
        found.set(name, [...(found.get(name) ?? []), ...plain])
    }
  }
  return found
}

function sessionEndOf(root: Element, now: Date): Date | null {
  const ends = named(root, namespaces.assertion, 'AuthnStatement')
    .map(statement => timeOf(statement, 'SessionNotOnOrAfter'))
    .filter(end => end !== null)
  const [first] = ends.sort((one, other) => one.getTime() - other.getTime())
  if (first !== undefined && first <= now) throw refusal('expired')
  return first ?? null
}

/** Only a proof needs it, so one that cannot be read refuses no sign-in. */
function authenticatedAtOf(root: Element): Date | null {
  const times = named(root, namespaces.assertion, 'AuthnStatement').map(statement => {
    const text = attributeOf(statement, 'AuthnInstant') ?? ''
    return instant.test(text) ? Date.parse(text) : NaN
  })
  const first = times.length === 0 ? NaN : Math.min(...times)
  return Number.isNaN(first) ? null : new Date(first)
}
