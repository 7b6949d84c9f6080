// A notice of what lasts as a mail: what is so, what follows from it, and where it is mended.
import type { Letter } from '#server/domain/mail/rules/letter.ts'
import type { Condition, ConditionKind } from './condition.ts'
import { dateOf } from './notice-words.ts'

interface Words {
  readonly subject: (name: string) => string
  readonly fact: (about: { name: string; organization: string; since: string }) => string
  readonly advice: string
  readonly action: { readonly label: string; readonly path: string }
}

const seats = { label: 'Open Billing & seats', path: '/billing' } as const

const words: Record<ConditionKind, Words> = {
  'seats-low': {
    subject: name => `At least 90 % of your ${name} seats are taken`,
    fact: ({ name, organization }) => `At least 90 % of the ${name} seats of ${organization} are taken.`,
    advice:
      'When none is left, new people of your identity provider are refused. Add seats, or deactivate people who have left.',
    action: seats,
  },
  'seats-full': {
    subject: name => `All ${name} seats are taken`,
    fact: ({ name, organization }) => `All ${name} seats of ${organization} are taken.`,
    advice:
      'New people of your identity provider are refused until a seat is free; most providers try again by themselves. Add seats, or deactivate people who have left.',
    action: seats,
  },
  silence: {
    subject: name => `${name} has not called for longer than usual`,
    fact: ({ name, organization, since }) => `${name} last called ${organization} on ${since}.`,
    advice:
      'That is longer than it usually lets pass. Check there that provisioning is still on and that it has not been stopped after errors. Nobody loses access, but changes of people do not arrive.',
    action: { label: 'Open the overview', path: '/' },
  },
}

/** `organization` is its name: somebody may be an admin of several. */
export function conditionMail(
  { kind, name, beganAt }: Condition,
  organization: string,
): { subject: string; letter: Letter } {
  const { subject, fact, advice, action } = words[kind]
  const said = fact({ name, organization, since: dateOf(beganAt) })
  return { subject: subject(name), letter: { paragraphs: [said, advice], action } }
}
