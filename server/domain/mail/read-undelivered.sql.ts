// Mails that did not get through, for those who can do something about it.
import type { Sql, Statement } from '#server/domain/context.ts'

export interface UndeliveredMail {
  readonly id: string
  readonly kind: string
  readonly recipient: string
  readonly subject: string
  readonly createdAt: Date
  readonly attempts: number
  readonly failure: string
  /** Null while it is still tried. */
  readonly givenUpAt: Date | null
}

const read: Statement = {
  name: 'read-undelivered-mails',
  text: `SELECT id, kind, recipient, subject, created_at AS "createdAt", attempts, failure,
      given_up_at AS "givenUpAt"
    FROM mails WHERE org_id = $1 AND sent_at IS NULL AND failure IS NOT NULL
    ORDER BY id DESC LIMIT 100`,
}

/** The latest hundred that failed at least once and were not sent since, newest first. */
export function readUndelivered(sql: Sql): Promise<UndeliveredMail[]> {
  return sql.run<UndeliveredMail>(read, [])
}
