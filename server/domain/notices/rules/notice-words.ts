// A notice as a mail: what ends, when, what happens then, and where it is mended.
import type { Letter } from '#server/domain/mail/rules/letter.ts'
import type { Subject, SubjectKind, Threshold } from './expiry.ts'

interface Words {
  readonly noun: (name: string) => string
  /** What follows from the end, before it and after it. */
  readonly before: string
  readonly after: string
  readonly action: { readonly label: string; readonly path: string }
}

const words: Record<SubjectKind, Words> = {
  'scim-token': {
    noun: name => `The SCIM token “${name}”`,
    before:
      'Rotate it and give the new one to your identity provider: the old one keeps working until you say so.',
    after:
      'Your identity provider is refused until it has a new token. Nobody loses access because of that, but changes wait.',
    action: { label: 'Open User provisioning', path: '/login/provisioning' },
  },
  'oauth-secret': {
    noun: name => `The secret of the OAuth client “${name}”`,
    before:
      'Make the next secret and give it to your identity provider: the old one keeps working until you say so.',
    after:
      'Your identity provider gets no access token until it has a new secret. Nobody loses access because of that, but changes wait.',
    action: { label: 'Open User provisioning', path: '/login/provisioning' },
  },
  certificate: {
    noun: name => `The certificate of your identity provider (${name})`,
    before:
      'Add the next certificate beside it before your identity provider changes over, or nobody can sign in.',
    after: 'Nobody can sign in through it. Add the certificate that your identity provider signs with now.',
    action: { label: 'Open Single sign-on', path: '/login/single-sign-on' },
  },
  'api-key': {
    noun: name => `The API key “${name}”`,
    before: 'Create the next key and give it to whatever uses this one.',
    after: 'Whatever uses it is refused. Create a new key and give it to whatever needs it.',
    action: { label: 'Open API keys', path: '/api-keys' },
  },
}

/** `organization` is its name: somebody may be an admin of several. */
export function noticeMail(
  { subject, threshold }: { subject: Subject; threshold: Threshold },
  organization: string,
): { subject: string; letter: Letter } {
  const { noun, before, after, action } = words[subject.kind]
  const what = noun(subject.name)
  const over = threshold === 0
  const fact = over
    ? `${what} of ${organization} expired on ${dateOf(subject.expiresAt)}.`
    : `${what} of ${organization} expires on ${dateOf(subject.expiresAt)}, ${inDays(threshold)}.`
  return {
    subject: over ? `${what} has expired` : `${what} expires ${inDays(threshold)}`,
    letter: { paragraphs: [fact, over ? after : before], action },
  }
}

function inDays(threshold: Exclude<Threshold, 0>): string {
  return threshold === 1 ? 'within a day' : `in ${String(threshold)} days`
}

/** For example `29 November 2026, 12:00 UTC`. */
export function dateOf(date: Date): string {
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
  return `${day}, ${date.toISOString().slice(11, 16)} UTC`
}
