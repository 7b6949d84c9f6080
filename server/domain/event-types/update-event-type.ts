// A person changes a meeting type of their own.
import type { Context } from '#server/domain/context.ts'
import { readSlugUse } from '#server/domain/managed-events/copy.sql.ts'
import { transact } from '#server/domain/transact.ts'
import { lockUser } from '#server/domain/users/read-user.sql.ts'
import { demandPerson } from './demand-person.ts'
import { addressInUse, checkEventType, unknownEventType, type EventTypeWords } from './rules/event-type.ts'

export interface UpdateEventTypeInput extends EventTypeWords {
  readonly eventTypeId: string
}

/** Throws `event-types/unknown`, `event-types/bad-input`, `event-types/address-in-use`. */
export async function updateEventType(ctx: Context, input: UpdateEventTypeInput): Promise<void> {
  const { userId } = demandPerson(ctx, {})
  const words = checkEventType(input)
  await transact(ctx, async tx => {
    await lockUser(tx.sql, userId)
    const where = { orgId_userId_id: { orgId: tx.orgId, userId, id: input.eventTypeId } }
    const current = await tx.db.eventType.findUnique({ where })
    if (current === null) throw unknownEventType()
    const moves = current.slug !== words.slug
    if (moves && (await readSlugUse(tx.sql, { managedEventId: null, userId, slug: words.slug }))) {
      throw addressInUse(words.slug)
    }
    await tx.db.eventType.update({ where, data: words })
  })
}
