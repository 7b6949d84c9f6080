// Mails to be sent: written once, taken by one server at a time, marked, and empty afterwards.
import type { Sql, Statement } from '#server/domain/context.ts'
import type { Letter } from './rules/letter.ts'

const insert: Statement = {
  name: 'insert-mail',
  text: `INSERT INTO mails (org_id, id, kind, dedupe_key, user_id, recipient_name, recipient, subject, letter,
      created_at, due_at, expires_at)
    VALUES ($1, $2::uuid, $3::text, $4::text, $5::uuid, $6::text, $7::text, $8::text, $9::jsonb,
      $10::timestamptz, $11::timestamptz, $12::timestamptz)
    ON CONFLICT (org_id, dedupe_key) DO NOTHING`,
}

export interface MailRow {
  readonly id: string
  readonly kind: string
  readonly dedupeKey: string
  readonly userId: string | null
  readonly recipientName: string
  readonly recipient: string
  readonly subject: string
  readonly letter: Letter
  readonly createdAt: Date
  readonly dueAt: Date
  readonly expiresAt: Date
}

/** Writes a mail unless one with its key is there. */
export async function insertMail(sql: Sql, mail: MailRow): Promise<void> {
  const to = [mail.userId, mail.recipientName, mail.recipient, mail.subject, JSON.stringify(mail.letter)]
  const times = [mail.createdAt, mail.dueAt, mail.expiresAt]
  await sql.run(insert, [mail.id, mail.kind, mail.dedupeKey, ...to, ...times])
}

const open = 'sent_at IS NULL AND given_up_at IS NULL'

const claim: Statement = {
  name: 'claim-mail',
  text: `UPDATE mails m SET lease_id = $2::uuid, lease_until = $3::timestamptz, attempts = m.attempts + 1
    WHERE m.org_id = $1 AND m.id = (
      SELECT o.id FROM mails o WHERE o.org_id = $1 AND ${open} AND o.due_at <= $4::timestamptz
         AND (o.lease_until IS NULL OR o.lease_until < $4::timestamptz)
       ORDER BY o.due_at, o.id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING m.id, m.recipient_name AS "recipientName", m.recipient, m.subject, m.letter, m.attempts,
      m.kind, m.expires_at AS "expiresAt", m.lease_id AS "leaseId",
      (m.user_id IS NULL OR EXISTS (SELECT 1 FROM users u WHERE u.org_id = $1 AND u.id = m.user_id
          AND u.status IN ('pending', 'active'))) AS wanted`,
}

/** A mail in the hands of one server. */
export interface HeldMail {
  readonly id: string
  readonly kind: string
  readonly recipientName: string
  readonly recipient: string
  readonly subject: string
  readonly letter: Letter
  /** This one included. */
  readonly attempts: number
  readonly expiresAt: Date
  readonly leaseId: string
  /** Whether the person it is for is still one of the organization. */
  readonly wanted: boolean
}

export interface MailLease {
  readonly leaseId: string
  readonly until: Date
  readonly now: Date
}

/** The mail that has been due for longest and is in nobody's hands. */
export async function claimMail(sql: Sql, lease: MailLease): Promise<HeldMail | null> {
  const [row] = await sql.run<HeldMail>(claim, [lease.leaseId, lease.until, lease.now])
  return row ?? null
}

const mark: Statement = {
  name: 'mark-mail',
  text: `UPDATE mails SET sent_at = $4::timestamptz, given_up_at = $5::timestamptz, failure = $6::text,
      due_at = COALESCE($7::timestamptz, due_at), lease_until = NULL, lease_id = NULL,
      letter = CASE WHEN $4::timestamptz IS NULL AND $5::timestamptz IS NULL THEN letter END
    WHERE org_id = $1 AND id = $2::uuid AND lease_id = $3::uuid AND ${open}`,
}

/** How an attempt ended: sent, given up, or due again. */
export interface MailMark {
  readonly sentAt?: Date
  readonly givenUpAt?: Date
  readonly dueAt?: Date
  readonly failure?: string
}

/** Writes down how an attempt ended; without effect when somebody else has taken the mail meanwhile. */
export async function markMail(sql: Sql, mail: HeldMail, to: MailMark): Promise<void> {
  const ends = [to.sentAt ?? null, to.givenUpAt ?? null]
  await sql.run(mark, [mail.id, mail.leaseId, ...ends, to.failure ?? null, to.dueAt ?? null])
}

const expire: Statement = {
  name: 'expire-mails',
  text: `UPDATE mails SET given_up_at = $2::timestamptz, letter = NULL, lease_id = NULL, lease_until = NULL,
      failure = COALESCE(failure, 'No mail server was set up.')
    WHERE org_id = $1 AND ${open} AND expires_at <= $2::timestamptz
      AND (lease_until IS NULL OR lease_until < $2::timestamptz)`,
}

/** Gives up whatever nobody could send in time. */
export async function expireMails(sql: Sql, now: Date): Promise<void> {
  await sql.run(expire, [now])
}

const forget: Statement = {
  name: 'forget-mails',
  text: `DELETE FROM mails WHERE org_id = $1 AND NOT (${open}) AND created_at < $2::timestamptz`,
}

/** Deletes mails that were sent or given up and are older than this. */
export async function forgetMails(sql: Sql, before: Date): Promise<void> {
  await sql.run(forget, [before])
}
