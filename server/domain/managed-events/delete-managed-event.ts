// An admin deletes a managed event: assignments and every copy go with it, for good.
import { demand } from '#server/domain/actor.ts'
import type { Context } from '#server/domain/context.ts'
import { patienceFor } from '#server/domain/memberships/rules/moved-people.ts'
import { transact } from '#server/domain/transact.ts'
import { unknownManagedEvent } from './rules/refusals.ts'
import { countHolders, deleteManagedEventRow, lockManagedEvent } from './store-managed-event.sql.ts'

/** Works without the entitlement, too: who lost it may tidy up. Throws `managed-events/unknown`. */
export async function deleteManagedEvent(ctx: Context, input: { managedEventId: string }): Promise<void> {
  demand(ctx.actor, 'managed-events:write')
  await transact(
    ctx,
    async tx => {
      const current = await lockManagedEvent(tx.sql, input.managedEventId)
      if (current === null) throw unknownManagedEvent()
      const holders = await countHolders(tx.sql, current.id)
      await deleteManagedEventRow(tx.sql, current.id)
      const { name } = current.template.details.content
      tx.record({ type: 'managed_event.deleted', detail: { subject: name } })
      const subject = { subjectKind: 'managed_event', subjectId: current.id }
      tx.note({ action: 'managed_event.delete', ...subject, before: { name, holders } })
    },
    patienceFor(100_000),
  )
}
