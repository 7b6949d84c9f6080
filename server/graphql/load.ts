// Rows by id, read together for a whole list: Prisma joins no questions about composite keys.
import type { ChangeSet as ChangeSetRow, Prisma, User as UserRow } from '#prisma/client.ts'
import { batched } from './batch.ts'
import { uuidOrNobody } from './ids.ts'
import { longTexts, type ExchangeRow } from './log-rows.ts'

/** A person; only the planned columns are there, and nobody reads others. Undefined when there is none (any more). */
export const loadUser = batched<string, UserRow>(async (call, ids, plan) => {
  const { orgId, db } = call.org
  return byId(await db.user.findMany({ ...plan, where: { orgId, id: { in: ids.map(uuidOrNobody) } } }))
})

/** A SCIM token with the relations that were asked for. */
export const loadScimToken = batched<string, Prisma.ScimTokenGetPayload<object>>(async (call, ids, plan) => {
  const { orgId, db } = call.org
  return byId(await db.scimToken.findMany({ ...plan, where: { orgId, id: { in: [...ids] } } }))
})

/** A change set; only the planned columns are there. */
export const loadChangeSet = batched<string, ChangeSetRow>(async (call, ids, plan) => {
  const { orgId, db } = call.org
  return byId(await db.changeSet.findMany({ ...plan, where: { orgId, id: { in: ids.map(uuidOrNobody) } } }))
})

/** An exchange without its long texts. */
export const loadExchange = batched<string, ExchangeRow>(async (call, ids) => {
  const { orgId, db } = call.org
  const where = { orgId, id: { in: ids.map(uuidOrNobody) } }
  return byId<ExchangeRow>(await db.exchange.findMany({ where, omit: longTexts }))
})

/** The long texts of an exchange, by its number. */
export const loadTexts = batched<bigint, Pick<ExchangeRow, keyof typeof longTexts>>(async (call, numbers) => {
  const { orgId, db } = call.org
  const where = { orgId, sequence: { in: [...numbers] } }
  const rows = await db.exchange.findMany({ where, select: { sequence: true, ...longTexts } })
  return new Map(rows.map(row => [row.sequence, row]))
})

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map(row => [row.id, row]))
}
