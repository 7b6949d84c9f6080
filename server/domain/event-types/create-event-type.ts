// A person makes a meeting type of their own.
import type { Context } from '#server/domain/context.ts'
import { transact } from '#server/domain/transact.ts'
import { lockUser } from '#server/domain/users/read-user.sql.ts'
import { readSlugUse } from '#server/domain/managed-events/copy.sql.ts'
import { demandPerson } from './demand-person.ts'
import { addressInUse, checkEventType, type EventTypeWords } from './rules/event-type.ts'

/** Throws `event-types/bad-input`, `event-types/address-in-use`. Answers the new id. */
export async function createEventType(ctx: Context, input: EventTypeWords): Promise<string> {
  const { userId } = demandPerson(ctx, {})
  const words = checkEventType(input)
  return transact(ctx, async tx => {
    await lockUser(tx.sql, userId)
    const taken = await readSlugUse(tx.sql, { managedEventId: null, userId, slug: words.slug })
    if (taken) throw addressInUse(words.slug)
    const id = tx.clock.newId()
    await tx.db.eventType.create({
      data: { ...words, orgId: tx.orgId, userId, id, createdAt: tx.clock.now() },
    })
    return id
  })
}
