// The mail that brings somebody their link, in the transaction that makes it.
import type { Organization } from '#prisma/client.ts'
import { queueMail } from '#server/domain/mail/queue-mail.ts'
import type { Transaction } from '#server/domain/transact.ts'

export interface MailInvitationInput {
  readonly organization: Pick<Organization, 'name' | 'mailInvitations'>
  readonly person: { readonly userId: string; readonly name: string; readonly address: string }
  readonly secret: string
  readonly expiresAt: Date
  readonly reminder: boolean
}

/** False when nothing goes out, so that whoever asked must pass the link on. */
export async function mailInvitation(tx: Transaction, input: MailInvitationInput): Promise<boolean> {
  const { organization, person, secret, expiresAt, reminder } = input
  if (!organization.mailInvitations) return false
  const { userId, name, address } = person
  const day = expiresAt.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
  const subject = `Your invitation to ${organization.name}`
  const queued = await queueMail(tx, {
    kind: reminder ? 'invitation_reminder' : 'invitation',
    to: { userId, name, email: address },
    subject: reminder ? `Reminder: ${subject}` : subject,
    letter: {
      paragraphs: [
        reminder
          ? `You were invited to ${organization.name} and have not signed in yet.`
          : welcome(tx, organization.name),
        `Follow the link to sign in as ${address}. It works once, until ${day}.`,
        'If you did not expect this, you need not do anything.',
      ],
      action: { label: 'Accept the invitation', path: `/invitation#${secret}` },
    },
    dedupeKey: `${reminder ? 'reminder' : 'invitation'} ${userId} ${tx.clock.now().toISOString()}`,
  })
  return queued === 'queued'
}

/** People are named; keys are nobody. */
function welcome({ actor }: Transaction, organization: string): string {
  return actor.kind === 'person'
    ? `${actor.name} invites you to ${organization}.`
    : `You are invited to ${organization}.`
}
