// What holds in an organization now and is worth a notice: seats that run out, an identity provider gone silent.
import type { Sql } from '#server/domain/context.ts'
import { readCredentials } from '#server/domain/health/read-credentials.sql.ts'
import { readRhythm } from '#server/domain/health/read-rhythm.sql.ts'
import { credentialSigns } from '#server/domain/health/rules/credentials.ts'
import { providerName, verdictOf } from '#server/domain/health/rules/verdict.ts'
import { readSeats } from '#server/domain/users/read-seats.sql.ts'
import { seatCondition, type Condition } from './rules/condition.ts'

/** Silent is what the sentence about health calls so, and nothing else. */
export async function findConditions(sql: Sql, now: Date): Promise<Condition[]> {
  return [...seatCondition(await readSeats(sql), now), ...(await findSilence(sql, now))]
}

async function findSilence(sql: Sql, now: Date): Promise<Condition[]> {
  const rhythm = await readRhythm(sql)
  const { lastContactId: id, lastContactAt: beganAt } = rhythm
  if (!rhythm.enforced || id === null || beganAt === null) return []
  const credentials = credentialSigns(await readCredentials(sql), now)
  const { state } = verdictOf({ ...rhythm, ...credentials, now, requests: 0, troubled: 0 })
  return state === 'silent' ? [{ kind: 'silence', id, name: providerName(rhythm), beganAt }] : []
}
