// Sends an organization's mails, one after the other; several servers share them.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { claimMail, markMail, type HeldMail, type MailMark } from './mails.sql.ts'
import { pauseAfter, type Outcome } from './rules/attempts.ts'
import { oneLine } from './rules/letter.ts'

/** Longer than an attempt can take, in milliseconds: whoever holds a mail for longer is gone. */
export const mailLease = 120_000
const longestReason = 300

export interface SendMailsInput {
  /** Hands a mail to the mail server; never inside of a transaction. */
  readonly send: (mail: HeldMail) => Promise<Outcome>
  /** Stops after the mail under way. */
  readonly signal?: AbortSignal
  /** Tells of a mail that nobody will get. */
  readonly onGivenUp?: (mail: HeldMail) => void
}

/** The mail server takes nothing from us: whoever sends should wait. */
export class MailServerAway extends Error {}

/**
 * Sends what is due. A mail is sent at least once: whoever dies between the mail server's yes and our mark leaves it to
 * the next, who sends it again under the same Message-ID. Throws `MailServerAway` when nobody could be sent anything.
 */
export async function sendMails(ctx: Context, input: SendMailsInput): Promise<number> {
  demand(ctx.actor, 'scim')
  for (let sent = 0; ;) {
    if (input.signal?.aborted === true) return sent
    const now = ctx.clock.now()
    const until = new Date(now.getTime() + mailLease)
    const mail = await claimMail(ctx.sql, { leaseId: ctx.clock.newId(), until, now })
    if (mail === null) return sent
    const outcome = await attempt(mail, input)
    const to = markOf(mail, { outcome, now: ctx.clock.now() })
    await markMail(ctx.sql, mail, to)
    if (to.givenUpAt !== undefined) input.onGivenUp?.(mail)
    if (outcome.kind === 'unreachable') throw new MailServerAway(outcome.reason)
    if (outcome.kind === 'sent') sent += 1
  }
}

function attempt(mail: HeldMail, { send }: SendMailsInput): Promise<Outcome> {
  if (mail.wanted) return send(mail)
  return Promise.resolve({ kind: 'refused', reason: 'The person may no longer sign in.' })
}

function markOf(mail: HeldMail, { outcome, now }: { outcome: Outcome; now: Date }): MailMark {
  if (outcome.kind === 'sent') return { sentAt: now }
  const failure = oneLine(outcome.reason, longestReason)
  const dueAt = new Date(now.getTime() + pauseAfter(outcome.kind === 'unreachable' ? 1 : mail.attempts))
  const over = outcome.kind === 'refused' || dueAt >= mail.expiresAt
  return over ? { givenUpAt: now, failure } : { dueAt, failure }
}
