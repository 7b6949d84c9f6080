// A person deletes a meeting type of their own.
import type { Context } from '#server/domain/context.ts'
import { demandPerson } from './demand-person.ts'
import { unknownEventType } from './rules/event-type.ts'

/** Throws `event-types/unknown`, also for those of others. */
export async function deleteEventType(ctx: Context, input: { eventTypeId: string }): Promise<void> {
  const { userId } = demandPerson(ctx, {})
  const where = { orgId: ctx.orgId, userId, id: input.eventTypeId }
  const { count } = await ctx.db.eventType.deleteMany({ where })
  if (count === 0) throw unknownEventType()
}
