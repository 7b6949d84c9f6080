// Writes a mail in the transaction of what it tells: it goes out when that is committed, and not at all otherwise.
import type { SqlTransaction } from '#server/domain/transact.ts'
import { insertMail } from './mails.sql.ts'
import { patience } from './rules/attempts.ts'
import { isMailAddress, oneLine, subjectOf, tidyLetter, type Letter } from './rules/letter.ts'

export interface NewMail {
  /** What kind of news it is, e.g. `notice` or `invitation`. */
  readonly kind: string
  readonly to: {
    /** Null for somebody who is not one of the organization's people. */
    readonly userId: string | null
    readonly name: string
    readonly email: string | null
  }
  readonly subject: string
  readonly letter: Letter
  /** Names what is told to whom: of several mails of one key in an organization only the first is written. */
  readonly dedupeKey: string
  /** At once without it. */
  readonly dueAt?: Date
}

/** `no-mail-server`: nothing was written, show the link instead. `no-address`: nothing can be sent to this person. */
export type Queued = 'queued' | 'no-mail-server' | 'no-address'

/** Queues one mail to one person. */
export async function queueMail(tx: SqlTransaction, mail: NewMail): Promise<Queued> {
  if (!tx.sendsMail) return 'no-mail-server'
  const { email } = mail.to
  if (email === null || !isMailAddress(email)) return 'no-address'
  const now = tx.clock.now()
  const dueAt = mail.dueAt ?? now
  await insertMail(tx.sql, {
    id: tx.clock.newId(),
    kind: mail.kind,
    dedupeKey: mail.dedupeKey,
    userId: mail.to.userId,
    recipientName: oneLine(mail.to.name),
    recipient: email,
    subject: subjectOf(mail.subject),
    letter: tidyLetter(mail.letter),
    createdAt: now,
    dueAt,
    expiresAt: new Date(dueAt.getTime() + patience),
  })
  return 'queued'
}
