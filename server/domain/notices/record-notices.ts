// Tells in time what ends, each step once, whichever server notices first: as notice, in the log, and by mail.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { queueMail } from '#server/domain/mail/queue-mail.ts'
import type { EventType } from '#server/domain/provisioning-log/rules/event.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { findNoticePlan } from './find-notice-plan.ts'
import { insertNotice, markNotices, readRecipients, supersedeNotices } from './notices.sql.ts'
import type { NoticePlan, Subject, SubjectKind, Threshold } from './rules/expiry.ts'
import { noticeMail } from './rules/notice-words.ts'

/** Looks what has come and what is settled. Run by the server itself; writes nothing when nothing has changed. */
export async function recordNotices(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  demand(ctx.actor, 'scim')
  const now = ctx.clock.now()
  if (isEmpty(await findNoticePlan(ctx.sql, now))) return
  await transact(ctx, async tx => {
    // Read again inside: what was mended in between is not told.
    const plan = await findNoticePlan(tx.sql, now)
    await markNotices(tx.sql, plan.settle, now)
    await markNotices(tx.sql, plan.reopen, null)
    for (const step of plan.tell) await tell(tx, step)
  })
}

function isEmpty({ tell, reopen, settle }: NoticePlan): boolean {
  return tell.length + reopen.length + settle.length === 0
}

interface Step {
  readonly subject: Subject
  readonly threshold: Threshold
}

async function tell(tx: Transaction, { subject, threshold }: Step): Promise<void> {
  const notice = { id: tx.clock.newId(), subject, threshold, at: tx.clock.now() }
  // The unique key decides between servers: whoever is second waits here and then does nothing.
  if (!(await insertNotice(tx.sql, notice))) return
  await supersedeNotices(tx.sql, notice)
  const type = eventOf[subject.kind][threshold === 0 ? 'end' : 'soon']
  if (type !== null) {
    tx.record({ type, detail: { subject: subject.name, words: { days: String(threshold) } } })
  }
  await mail(tx, { subject, threshold, noticeId: notice.id })
}

/** The end of tokens and secrets is a fact of the log of its own (scim-tokens/record-expired-tokens), noticed or not. */
const eventOf: Record<SubjectKind, { soon: EventType; end: EventType | null }> = {
  'scim-token': { soon: 'scim_token.expiring', end: null },
  'oauth-secret': { soon: 'oauth_client.secret_expiring', end: null },
  certificate: { soon: 'certificate.expiring', end: 'certificate.expired' },
  'api-key': { soon: 'api_key.expiring', end: 'api_key.expired' },
}

async function mail(tx: Transaction, step: Step & { noticeId: string }): Promise<void> {
  if (!tx.sendsMail) return
  const { name } = await tx.db.organization.findUniqueOrThrow({
    where: { id: tx.orgId },
    select: { name: true },
  })
  const written = noticeMail(step, name)
  for (const to of await readRecipients(tx.sql, step.subject.audienceId)) {
    await queueMail(tx, { ...written, kind: 'notice', to, dedupeKey: `notice:${step.noticeId}:${to.userId}` })
  }
}
