// What there is to say at a moment, by what ends and what was told of it.
import type { Sql } from '#server/domain/context.ts'
import { findSubjects } from './find-subjects.ts'
import { readTold } from './notices.sql.ts'
import { planNotices, type NoticePlan } from './rules/expiry.ts'

/** What is to be told, opened again or settled at this moment. */
export async function findNoticePlan(sql: Sql, now: Date): Promise<NoticePlan> {
  const { subjects, complete } = await findSubjects(sql, now)
  const told = await readTold(
    sql,
    subjects.map(subject => subject.id),
  )
  const plan = planNotices(subjects, told, now)
  return complete ? plan : { ...plan, settle: [] }
}
