// Why a sign-in through the identity provider was refused, in the words of whoever has to mend it.
import { DomainError } from '#server/domain/error.ts'

const words = {
  'not-set-up':
    'Single sign-on is not set up for this organization. Sign in with your password, or ask an admin of your organization.',
  'not-in-plan':
    "SAML single sign-on is not part of this organization's plan. Ask your Rollcall operator to add it.",
  unreadable:
    'The answer of the identity provider is no SAML response in UTF-8. Compare the ACS URL in the identity provider with Rollcall.',
  'too-large':
    'The answer of the identity provider is too large. Let it send fewer attributes, or fewer groups.',
  'not-allowed-xml':
    'The answer of the identity provider contains XML that SAML does not need (a DOCTYPE, comment, CDATA or processing instruction). It was not read.',
  structure:
    'The answer of the identity provider is not built as the SAML standard wants it. It was not read, because such answers are how signatures are forged.',
  encrypted:
    'The assertion is encrypted, and Rollcall has no key that opens it. Load the metadata of Rollcall into the identity provider once more, or switch assertion encryption off there: the connection is encrypted anyway.',
  encryption:
    'The assertion is encrypted in a way that Rollcall does not accept. Choose AES-256-GCM with RSA-OAEP in the identity provider. AES-CBC can be allowed under Login > Single sign-on.',
  'no-key':
    'Questions to the identity provider have to be signed, and the key for that cannot be read. Tell your Rollcall operator that MASTER_KEY is missing or is another one than before.',
  'no-certificate':
    'There is no certificate of Rollcall here. Sign in, open Login > Single sign-on and follow what it says there.',
  unsigned:
    'The answer is not signed where it has to be. Switch on signing in the identity provider, or change "What is signed" in Rollcall under Login > Single sign-on.',
  sha1: 'The answer is signed with SHA-1, which can be forged. Choose SHA-256 as signing algorithm in the identity provider.',
  algorithm:
    'The answer is signed in a way that Rollcall does not accept. Choose RSA-SHA256 and exclusive canonicalization in the identity provider.',
  signature:
    'The signature does not fit the certificate that Rollcall has. Download the current signing certificate of the identity provider and save it under Login > Single sign-on.',
  status:
    'The identity provider did not sign the person in. Look into its own sign-in log; often the application is not assigned to the person.',
  destination:
    'The answer was meant for another address. Copy the ACS URL from Rollcall into the identity provider once more.',
  issuer:
    'The answer comes from another identity provider than the one that is saved. Compare the entity ID of the identity provider with Rollcall.',
  audience:
    'The answer was meant for another application. Copy the audience URL from Rollcall into the identity provider once more.',
  expired:
    'The answer came too late, or the clocks differ by more than a minute. Try again; if it stays, check the clock of the identity provider.',
  'not-yet-valid':
    'The answer is valid only in the future: the clocks differ by more than a minute. Check the clock of the identity provider.',
  subject:
    'The answer names nobody, or more than one person. Let the identity provider send exactly one NameID in plain text.',
  'missing-attribute':
    'The answer lacks the attribute that names the person, or it has several values. Add it in the identity provider, or match by NameID in Rollcall.',
  unsolicited:
    'Nobody asked for this sign-in from here. Start from the sign-in page of Rollcall. An admin can allow starts from the identity provider under Login > Single sign-on.',
  'unknown-request':
    'This sign-in was begun more than ten minutes ago, or was used already. Start again from the sign-in page.',
  replayed: 'This answer was used already. Start again from the sign-in page.',
  'other-browser':
    'This sign-in was begun in another browser. Start again from the sign-in page of this one.',
  'session-ended':
    'The session that was to be confirmed is not there any more. Sign in again, then repeat what you wanted to do.',
  'other-way':
    'This session did not begin at the identity provider. Confirm with your password, or sign out and in again.',
  'other-person':
    'The identity provider confirmed another person than the one who is signed in to Rollcall here. Sign out of the identity provider, then confirm again with your own account.',
  'not-asked-again':
    'The identity provider did not ask again who you are: the time of its sign-in (AuthnInstant) is older than the question, or missing. In the identity provider let this application honor ForceAuthn="true" (in Okta: switch on "Honor Force Authentication"), then confirm again. Until then sign out and in again.',
  'stale-test': 'The settings were changed while the test was running. Run the test again.',
} as const

/** What concerns a session that stays as it is. */
export const proofRefusals: ReadonlySet<string> = new Set(
  (['session-ended', 'other-way', 'other-person', 'not-asked-again'] as const).map(code => `sso/${code}`),
)

export type RefusalCode = keyof typeof words | 'unknown-person' | 'deactivated'

export const refusalCodes = Object.keys(words) as readonly RefusalCode[]

/** What `SsoRefusal.code` is without its room: `sso/sha1` is `sha1`. */
export function refusal(code: keyof typeof words): SsoRefusal {
  return new SsoRefusal(code, words[code])
}

/** A sign-in that was refused. Its message may be shown: it repeats nothing that the answer carried. */
export class SsoRefusal extends DomainError {
  constructor(code: RefusalCode, message: string) {
    super({ kind: 'forbidden', code: `sso/${code}`, message })
  }
}

/** Someone whom the identity provider knows and this organization does not: told whom to ask. */
export function unknownPerson(named: string, contact: string | null): SsoRefusal {
  const ask = contact === null ? 'Ask an admin of your organization' : `Ask ${contact}`
  const message = `"${named}" is not a user here. ${ask} to assign you to Rollcall in the identity provider.`
  return new SsoRefusal('unknown-person', message)
}

export function deactivatedPerson(contact: string | null): SsoRefusal {
  const ask = contact === null ? 'Ask an admin of your organization' : `Ask ${contact}`
  return new SsoRefusal(
    'deactivated',
    `Your access to Rollcall was switched off. ${ask} if that is a mistake.`,
  )
}
