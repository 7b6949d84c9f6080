// Tells in time what ends or has come to hold, each once, whichever server notices first: as notice, in the log, by mail.
import { demand } from '#server/domain/actor.ts'
import type { Context, Sql } from '#server/domain/context.ts'
import { queueMail } from '#server/domain/mail/queue-mail.ts'
import type { Letter } from '#server/domain/mail/rules/letter.ts'
import type { EventType } from '#server/domain/provisioning-log/rules/event.ts'
import { transact, type Transaction } from '#server/domain/transact.ts'
import { findConditions } from './find-conditions.ts'
import { findNoticePlan } from './find-notice-plan.ts'
import {
  insertNotice,
  markNotices,
  readRecipients,
  readToldConditions,
  supersedeNotices,
  type NewNotice,
} from './notices.sql.ts'
import { conditionMail } from './rules/condition-words.ts'
import { planConditions, type Condition, type ConditionKind, type ConditionPlan } from './rules/condition.ts'
import type { NoticePlan, Subject, SubjectKind, Threshold } from './rules/expiry.ts'
import { noticeMail } from './rules/notice-words.ts'

/** Looks what has come and what is settled. Run by the server itself; writes nothing when nothing has changed. */
export async function recordNotices(ctx: Context, _input: Record<string, never> = {}): Promise<void> {
  demand(ctx.actor, 'scim')
  const now = ctx.clock.now()
  const plans = await findPlans(ctx.sql, now)
  if (plans.every(isEmpty)) return
  await transact(ctx, async tx => {
    // Read again inside: what was mended in between is not told.
    const [ends, conditions] = await findPlans(tx.sql, now)
    for (const plan of [ends, conditions]) {
      await markNotices(tx.sql, plan.settle, now)
      await markNotices(tx.sql, plan.reopen, null)
    }
    for (const step of ends.tell) await tellEnd(tx, step)
    for (const { condition, subjectId } of conditions.tell) await tellCondition(tx, condition, subjectId)
  })
}

async function findPlans(sql: Sql, now: Date): Promise<[NoticePlan, ConditionPlan]> {
  const ends = await findNoticePlan(sql, now)
  return [ends, planConditions(await findConditions(sql, now), await readToldConditions(sql), now)]
}

function isEmpty({ tell, reopen, settle }: NoticePlan | ConditionPlan): boolean {
  return tell.length + reopen.length + settle.length === 0
}

interface Step {
  readonly subject: Subject
  readonly threshold: Threshold
}

async function tellEnd(tx: Transaction, { subject, threshold }: Step): Promise<void> {
  const { id, at } = { id: tx.clock.newId(), at: tx.clock.now() }
  const notice: NewNotice = { id, subject, threshold, at, expiresAt: subject.expiresAt, beganAt: null }
  // The unique key decides between servers: whoever is second waits here and then does nothing.
  if (!(await insertNotice(tx.sql, notice))) return
  await supersedeNotices(tx.sql, notice)
  const type = eventOf[subject.kind][threshold === 0 ? 'end' : 'soon']
  if (type !== null) {
    tx.record({ type, detail: { subject: subject.name, words: { days: String(threshold) } } })
  }
  await mail(tx, notice, organization => noticeMail({ subject, threshold }, organization))
}

/** The end of tokens and secrets is a fact of the log of its own (scim-tokens/record-expired-tokens), noticed or not. */
const eventOf: Record<SubjectKind, { soon: EventType; end: EventType | null }> = {
  'scim-token': { soon: 'scim_token.expiring', end: null },
  'oauth-secret': { soon: 'oauth_client.secret_expiring', end: null },
  certificate: { soon: 'certificate.expiring', end: 'certificate.expired' },
  'api-key': { soon: 'api_key.expiring', end: 'api_key.expired' },
}

async function tellCondition(tx: Transaction, condition: Condition, subjectId: string): Promise<void> {
  const { kind, name, beganAt } = condition
  const subject = { kind, id: subjectId, name, audienceId: null }
  const { id, at } = { id: tx.clock.newId(), at: tx.clock.now() }
  const notice: NewNotice = { id, subject, threshold: 0, at, expiresAt: null, beganAt }
  if (!(await insertNotice(tx.sql, notice))) return
  tx.record({ type: eventOfCondition[kind], detail: { subject: name } })
  await mail(tx, notice, organization => conditionMail(condition, organization))
}

const eventOfCondition: Record<ConditionKind, EventType> = {
  'seats-low': 'seats.low',
  'seats-full': 'seats.full',
  silence: 'provisioning.silent',
}

type Write = (organization: string) => { subject: string; letter: Letter }

async function mail(tx: Transaction, { id, subject }: NewNotice, write: Write): Promise<void> {
  if (!tx.sendsMail) return
  const { name } = await tx.db.organization.findUniqueOrThrow({
    where: { id: tx.orgId },
    select: { name: true },
  })
  const written = write(name)
  for (const to of await readRecipients(tx.sql, subject.audienceId)) {
    await queueMail(tx, { ...written, kind: 'notice', to, dedupeKey: `notice:${id}:${to.userId}` })
  }
}
